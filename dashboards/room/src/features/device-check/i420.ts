/** Pixels as video has them: BT.601, limited range. */

export interface I420 {
  width: number;
  height: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Even sides of the picture's shape, the longer one at most `longest`. */
export function smallSides(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
}

/** `rgba` as a luma plane, then both chroma planes at half width and height. Both sides must be even. */
export function toI420(rgba: Uint8ClampedArray, width: number, height: number): I420 {
  const pixels = width * height;
  const bytes = new Uint8Array((pixels * 3) / 2);
  const half = width / 2;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (const at of [y * width + x, y * width + x + 1, (y + 1) * width + x, (y + 1) * width + x + 1]) {
        const [r, g, b] = [rgba[4 * at] ?? 0, rgba[4 * at + 1] ?? 0, rgba[4 * at + 2] ?? 0];
        bytes[at] = Math.round(16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256);
        red += r / 4;
        green += g / 4;
        blue += b / 4;
      }
      const chroma = (y / 2) * half + x / 2;
      bytes[pixels + chroma] = Math.round(128 + (-37.945 * red - 74.494 * green + 112.439 * blue) / 256);
      bytes[(pixels * 5) / 4 + chroma] = Math.round(128 + (112.439 * red - 94.154 * green - 18.285 * blue) / 256);
    }
  }
  return { width, height, bytes };
}
