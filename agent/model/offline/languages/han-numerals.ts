/** Numbers in Han characters to 100 and their hundreds and thousands, as Japanese and Chinese write them. */
const digits = [..."一二三四五六七八九"];

const below100 = (value: number): string => {
  const [tens, units] = [Math.floor(value / 10), value % 10];
  const ten = tens === 0 ? "" : tens === 1 ? "十" : `${digits[tens - 1]}十`;
  return `${ten}${units === 0 ? "" : digits[units - 1]}`;
};

/** The numeral → its value. */
export const hanNumerals: Readonly<Record<string, number>> = Object.fromEntries([
  ...Array.from({ length: 99 }, (_, at) => [below100(at + 1), at + 1] as const),
  ...[100, 1000, 10_000].flatMap((unit, place) => {
    const mark = "百千万"[place]!;
    return [
      [mark, unit] as const,
      ...digits.map((digit, at) => [`${digit}${mark}`, unit * (at + 1)] as const),
    ];
  }),
]);
