/** Exact decimals as people type amounts: at most 15 digits before the point and 10 behind it. */
const PLAIN = /^(\d{1,15})(?:\.(\d{1,10}))?$/;
const PLACES = 10;
const UNIT = 10n ** BigInt(PLACES);

function unitsOf(text: string): bigint | undefined {
  const match = PLAIN.exec(text.trim());
  return match ? BigInt(`${match[1] ?? ''}${(match[2] ?? '').padEnd(PLACES, '0')}`) : undefined;
}

function textOf(units: bigint): string {
  const [sign, size] = units < 0n ? ['-', -units] : ['', units];
  const fraction = String(size % UNIT)
    .padStart(PLACES, '0')
    .replace(/0+$/, '');
  return `${sign}${size / UNIT}${fraction === '' ? '' : `.${fraction}`}`;
}

/** What is still to be shared out: target less its parts, exact. Undefined while one of them is no amount. */
export function leftOver(target: string, parts: readonly string[]): string | undefined {
  const whole = unitsOf(target);
  const units = parts.map(unitsOf);
  if (whole === undefined || units.length === 0) return undefined;
  let left = whole;
  for (const part of units) {
    if (part === undefined) return undefined;
    left -= part;
  }
  return textOf(left);
}

export function isAmount(text: string): boolean {
  return unitsOf(text) !== undefined;
}
