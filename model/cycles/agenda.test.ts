import { expect, test } from "vitest";
import { Agenda } from "./agenda.js";
import type { Operation } from "./operations.js";
import { NEVER } from "./recording.js";

const operation = (from: number, to: number): Operation => ({
  ...{ session: 0, role: "write", from, to },
  ...{ variants: [], gets: [], scans: [], twin: -1 },
});

/** `0[` is the begin of operation 0, `0]` its end; both ways through the list. */
function walk(agenda: Agenda): string {
  const names: string[] = [];
  for (let entry = agenda.after(agenda.end); entry !== agenda.end; entry = agenda.after(entry))
    names.push(`${agenda.operationAt(entry)}${agenda.isReturn(entry) ? "]" : "["}`);
  let back = 0;
  for (let entry = agenda.before(agenda.end); entry !== agenda.end; entry = agenda.before(entry)) back += 1;
  expect(back).toBe(names.length);
  return names.join(" ");
}

test("begins and ends by time; what never ends has none", () => {
  expect(walk(new Agenda([]))).toBe("");
  expect(walk(new Agenda([operation(4, 9), operation(1, NEVER), operation(2, 6)]))).toBe("1[ 2[ 0[ 2] 0]");
});

test("what is taken out comes back to where it was, the last one first", () => {
  const agenda = new Agenda([operation(4, 9), operation(1, NEVER), operation(2, 6)]);
  agenda.remove(1);
  expect(walk(agenda)).toBe("2[ 0[ 2] 0]");
  agenda.remove(2);
  expect(walk(agenda)).toBe("0[ 0]");
  agenda.remove(0);
  expect(walk(agenda)).toBe("");
  agenda.restore(0);
  expect(walk(agenda)).toBe("0[ 0]");
  agenda.restore(2);
  expect(walk(agenda)).toBe("2[ 0[ 2] 0]");
  agenda.restore(1);
  expect(walk(agenda)).toBe("1[ 2[ 0[ 2] 0]");
});
