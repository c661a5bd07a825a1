/** Exact decimals as text: read and compared without a binary fraction in between. */
const PLAIN = /^(-?)(\d{1,15})(?:\.(\d{1,10}))?$/;
const PLACES = 10;

/** In units of 10⁻¹⁰; undefined when the text is no plain decimal. */
function unitsOf(text: string): bigint | undefined {
  const match = PLAIN.exec(text.trim());
  if (!match) return undefined;
  const units = BigInt(`${match[2] ?? ''}${(match[3] ?? '').padEnd(PLACES, '0')}`);
  return match[1] === '-' ? -units : units;
}

export function isDecimalText(text: string): boolean {
  return unitsOf(text) !== undefined;
}

/** Negative, 0 or positive as for sorting; what is no decimal comes last. */
export function compareDecimals(one: string, other: string): number {
  const [a, b] = [unitsOf(one), unitsOf(other)];
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isWholeText(text: string): boolean {
  const units = unitsOf(text);
  return units !== undefined && units % 10n ** BigInt(PLACES) === 0n;
}

/** What people type: full-width digits and points are taken, too. */
export function asDecimalText(typed: string): string {
  const plain = typed.trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  return plain.replace(/[．。]/g, '.');
}
