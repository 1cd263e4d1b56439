export type Theme = 'light' | 'dark';
type Colour = { lightness: number; chroma: number; hue: number };
export type Tokens = Record<string, Record<Theme, Colour>>;

const OKLCH = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;
const TOKEN = new RegExp(String.raw`--([\w-]+):\s*light-dark\(\s*${OKLCH},\s*${OKLCH}\s*\)`, 'g');

/** The opaque colour pairs of a tokens file, by name. */
export function readTokens(css: string): Tokens {
  const tokens: Tokens = {};
  for (const [, name = '', ...numbers] of css.matchAll(TOKEN)) {
    const [l1 = 0, c1 = 0, h1 = 0, l2 = 0, c2 = 0, h2 = 0] = numbers.map(Number);
    tokens[name] = {
      light: { lightness: l1, chroma: c1, hue: h1 },
      dark: { lightness: l2, chroma: c2, hue: h2 },
    };
  }
  return tokens;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

// OKLab to linear sRGB (Björn Ottosson's matrices, as in CSS Color 4), then WCAG 2's relative luminance.
function luminance({ lightness, chroma, hue }: Colour): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = clamp(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short);
  const green = clamp(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short);
  const blue = clamp(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2's contrast ratio of two tokens, 1 to 21. */
export function contrast(tokens: Tokens, ink: string, pane: string, theme: Theme): number {
  const [first, second] = [tokens[ink], tokens[pane]];
  if (!first || !second) throw new Error(`No such colour: ${first ? pane : ink}`);
  const [low = 0, high = 0] = [luminance(first[theme]), luminance(second[theme])].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
