// A rate that this process limits says nothing about the server, so it must not pass for the server's.
import { expect, test } from "vitest";
import { driverLimit } from "./driver-limit.js";

const row = (num_writers: number, driver_busy: number | null | string, backend = "127.0.0.1:9000") => ({
  num_writers,
  driver_busy,
  driver_cpu: 0.62,
  backend,
  requests: 3000,
  duration_s: 2,
});
const told = (...rows: ReturnType<typeof row>[]) => driverLimit(rows, (each) => `num_writers ${each["num_writers"]}`);

test("the points at which it was busy are named, with their rate, also where others had its core", () => {
  expect(told(row(1, 0.4), row(2, 0.8), row(4, "0.968"))).toBe(
    "this process, not the server, limits the rate at num_writers 2 (1500 requests/s; busy 80 % of the time, on 62 % of a core), " +
      "num_writers 4 (1500 requests/s; busy 97 % of the time, on 62 % of a core); most of its time goes into the AWS SDK",
  );
});

test("nothing where it had time left, and in virtual time", () => {
  expect(told(row(1, 0.79), row(2, null), row(4, ""))).toBeUndefined();
});

test("with programs it is the HTTP door that is busy", () => {
  expect(told(row(1, 0.95, "simulated"))).toMatch(/^this process, not the program,.*the HTTP door$/);
});
