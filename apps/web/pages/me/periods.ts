/** Whether a period is the chosen one or stands in it: a month in its quarter and its year. */
export function within(period: string, chosen: string): boolean {
  if (period === chosen || period.startsWith(`${chosen}-`)) return true;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(chosen);
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  return quarter !== null && month !== null && quarter[1] === month[1] && Math.ceil(Number(month[2]) / 3) === Number(quarter[2]);
}
