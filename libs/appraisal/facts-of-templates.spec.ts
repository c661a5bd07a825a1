import { period } from '#kernel';
import { BUILT_IN_METRICS } from '#libs/organisation/contracts';
import { compiledTemplate, factsRead, requiredHistory, SCHEME_TEMPLATES } from '#libs/scheme';
import { placeFacts } from './domain/history.policy';

const PERIODS = { month: period('2026-10'), quarter: period('2026-Q3'), year: period('2026') };
const KINDS = ['month', 'quarter', 'year'] as const;

it.each(SCHEME_TEMPLATES)('a company can bring every fact that %s reads, without declaring anything', (template) => {
  const scheme = compiledTemplate(template);
  for (const kind of KINDS) {
    const { own, units } = factsRead(scheme, kind);
    const earlier = requiredHistory(scheme, PERIODS[kind]).flatMap(({ facts }) => facts.map(({ key }) => key));
    const read = [...own, ...units.flatMap(({ metrics }) => metrics), ...earlier.filter((key) => !placeFacts.has(key))];
    expect(read.filter((key) => !BUILT_IN_METRICS.has(key))).toEqual([]);
  }
});
