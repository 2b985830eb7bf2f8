/** Eight hues, 45 degrees apart on the colour circle. */
export const hueNames = ['red', 'orange', 'lime', 'green', 'cyan', 'blue', 'violet', 'magenta'] as const;
export type HueName = (typeof hueNames)[number];

/** Degrees between one named hue and the next. */
export const hueStep = 360 / hueNames.length;

export type Colour = readonly [red: number, green: number, blue: number];

/** A colour by hue (degrees), saturation and value (both in [0, 1]), as red, green and blue in [0, 1]. */
export function colourOf(hue: number, saturation: number, value: number): Colour {
  const channel = (shift: number) => {
    const sector = (((shift + hue / 60) % 6) + 6) % 6;
    const weight = Math.max(0, Math.min(sector, 4 - sector, 1));
    return value - value * saturation * weight;
  };
  return [channel(5), channel(3), channel(1)];
}
