import { expect, test } from "vitest";
import { writtenValue } from "./command.js";

test("each attempt of each command of each client writes its own value", () => {
  expect(writtenValue("w1", 3, 0)).toBe("w1.3");
  expect(writtenValue("w1", 3, 2)).toBe("w1.3''");
});
