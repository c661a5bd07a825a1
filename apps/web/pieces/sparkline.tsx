import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

const WIDTH = 120;
const HEIGHT = 28;
const EDGE = 3;

/** A few values in their order as a line; the same values are said to who can't see it. Oldest first. */
export function Sparkline({
  what,
  values,
  shown,
}: {
  readonly what: string;
  readonly values: readonly string[];
  readonly shown: readonly string[];
}): ReactElement | null {
  const { t } = useTranslation('home');
  if (values.length < 2) return null;
  // Where to draw is no amount: a position on the screen may be a binary fraction.
  const heights = values.map(Number);
  const low = Math.min(...heights);
  const span = Math.max(...heights) - low || 1;
  const points = heights.map((value, index) => {
    const x = EDGE + (index * (WIDTH - 2 * EDGE)) / (heights.length - 1);
    const y = HEIGHT - EDGE - ((value - low) / span) * (HEIGHT - 2 * EDGE);
    return `${Math.round(x)},${Math.round(y)}`;
  });
  const [endX, endY] = (points.at(-1) ?? '0,0').split(',');
  return (
    <svg className="sparkline" width={WIDTH} height={HEIGHT} role="img" aria-label={t('trend', { what, values: shown.join(' → ') })}>
      <polyline points={points.join(' ')} fill="none" stroke="#0958d9" strokeWidth="2" strokeLinejoin="round" />
      <circle cx={endX} cy={endY} r="3" fill="#0958d9" />
    </svg>
  );
}
