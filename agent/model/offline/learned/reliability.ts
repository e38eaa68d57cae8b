/** How far stated likelihoods are from what came true. */
export interface Forecast {
  /** Stated, 0…1. */
  readonly likelihood: number;
  readonly right: boolean;
}

export interface Reliability {
  /** Share that came true. */
  readonly accuracy: number;
  /** Mean squared distance between what was stated and what came true (Brier 1950). */
  readonly brier: number;
  /** Expected calibration error over ten bins of equal width (Naeini, Cooper, Hauskrecht 2015). */
  readonly calibrationError: number;
  /** Share that was stated at `sure` and more, and wrong. */
  readonly falselySure: number;
}

const bins = 10;

export function reliability(forecasts: readonly Forecast[], sure: number): Reliability {
  const share = (matches: (forecast: Forecast) => boolean): number =>
    forecasts.filter(matches).length / forecasts.length;
  const mean = (list: readonly Forecast[], value: (forecast: Forecast) => number): number =>
    list.reduce((sum, each) => sum + value(each), 0) / list.length;
  const binned = Map.groupBy(forecasts, ({ likelihood }) =>
    Math.min(bins - 1, Math.floor(likelihood * bins)),
  );
  const gap = (list: readonly Forecast[]): number =>
    Math.abs(mean(list, ({ likelihood }) => likelihood) - mean(list, ({ right }) => Number(right)));
  return {
    accuracy: share(({ right }) => right),
    brier: mean(forecasts, ({ likelihood, right }) => (likelihood - Number(right)) ** 2),
    calibrationError: [...binned.values()].reduce(
      (sum, list) => sum + (list.length / forecasts.length) * gap(list),
      0,
    ),
    falselySure: share(({ likelihood, right }) => !right && likelihood >= sure),
  };
}

/** The least likelihood at and above which at most this share of all forecasts is wrong; 1 where there is none. */
export function leastSure(forecasts: readonly Forecast[], risk: number): number {
  let wrong = 0;
  let least = 1;
  for (const { likelihood, right } of forecasts.toSorted((a, b) => b.likelihood - a.likelihood)) {
    if (!right) wrong += 1;
    if (wrong > risk * forecasts.length) return least;
    least = likelihood;
  }
  return least;
}
