import { expect, test } from "vitest";
import { smallSides, toI420 } from "./i420";

function filled(width: number, height: number, rgb: readonly [number, number, number]) {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < rgba.length; at += 4) rgba.set([...rgb, 255], at);
  return rgba;
}

test.each([
  [[0, 0, 0], [16, 128, 128]],
  [[255, 255, 255], [235, 128, 128]],
  [[255, 0, 0], [81, 90, 240]],
  [[0, 0, 255], [41, 240, 110]],
] as const)("%s is %s in luma and chroma", (rgb, [luma, u, v]) => {
  const { bytes } = toI420(filled(4, 2, rgb), 4, 2);
  expect([...bytes]).toEqual([...Array<number>(8).fill(luma), u, u, v, v]);
});

test("each pixel keeps its place", () => {
  const rgba = filled(4, 4, [0, 0, 0]);
  rgba.set([255, 255, 255], 4 * (2 * 4 + 3));
  const { bytes } = toI420(rgba, 4, 4);
  expect(bytes.indexOf(235)).toBe(11);
  expect(bytes).toHaveLength(24);
});

test("sides are even and the longer one is small", () => {
  expect(smallSides(1280, 720, 320)).toEqual({ width: 320, height: 180 });
  expect(smallSides(321, 241, 320)).toEqual({ width: 320, height: 240 });
  expect(smallSides(100, 51, 320)).toEqual({ width: 100, height: 52 });
});
