// Lints a line of code at each place with the real rules (those that need types left out) and prints { name: [rule, …] }: run by lint.spec.ts.
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const planted = {
  'clock in a decision': ['libs/payout/domain/planted.ts', 'export const when = (): number => Date.now();'],
  'today in a decision': ['libs/payout/domain/planted.ts', 'export const when = (): Date => new Date();'],
  'chance in a decision': ['libs/appeal/domain/planted.ts', 'export const draw = (): number => Math.random();'],
  'environment in a decision': ['libs/cycle/domain/planted.ts', "export const home = (): unknown => process.env['HOME'];"],
  'environment in an app': ['apps/api/planted.ts', "export const home = (): unknown => process.env['HOME'];"],
  'floats in money': ['libs/payout/read/planted.ts', 'export const cents = (amount: string): number => parseFloat(amount);'],
  'floats in a text of money': ['libs/payout/read/planted.ts', 'export const text = (amount: number): string => amount.toFixed(2);'],
  'default export': ['libs/payout/read/planted.ts', 'export default 1;'],
  'export of everything': ['libs/payout/planted.ts', "export * from './contracts';"],
  'console in a library': ['libs/payout/read/planted.ts', "console.log('paid');"],
  'any type': ['libs/payout/read/planted.ts', 'export const anything = (value: any): unknown => value;'],
  'silenced absence': ['libs/payout/read/planted.ts', 'export const first = (list: readonly string[]): string => list[0]!;'],
  'five parameters': [
    'libs/payout/read/planted.ts',
    'export const sum = (a: number, b: number, c: number, d: number, e: number): number => a + b + c + d + e;',
  ],
  'clock where the world is reached': ['apps/worker/planted.ts', 'export const when = (): number => Date.now();'],
  'clock that workflows replay': ['workflows/planted.ts', 'export const when = (): number => Date.now();'],
};

const eslint = new ESLint({
  cwd: path.resolve(import.meta.dirname, '../..'),
  overrideConfig: [{ ...tseslint.configs.disableTypeChecked, files: ['**/planted.ts'] }],
});
const found = {};
for (const [name, [filePath, code]] of Object.entries(planted)) {
  const [result] = await eslint.lintText(`${code}\n`, { filePath });
  found[name] = result.messages.map(({ ruleId, message }) => ruleId ?? message);
}
process.stdout.write(JSON.stringify(found));
