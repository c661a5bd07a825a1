import { headOf } from './csv-head';
import { columnOf, definitionOf, draftFrom, type Facts, formatsFitting, lacksOf, nearest } from './profile-draft';

const profile = (name: string, amount: string[]): Facts => ({
  name,
  version: 1,
  builtIn: true,
  definition: {
    kind: 'facts',
    source: name,
    filter: { column: ['阶段', 'Stage'], op: 'in', values: ['赢单'] },
    owner: { column: ['负责人', 'Owner'], by: ['name', 'employee-no'], unknown: 'refuse', aliases: { abc: 'somebody' } },
    recordId: { columns: [['编号', 'Id']] },
    happenedOn: { column: ['成交日期', 'Close Date'], formats: ['YYYY-MM-DD'] },
    numbers: { thousands: ',', strip: ['¥'] },
    facts: [
      { metric: { constant: 'sales.amount' }, value: { column: amount } },
      { metric: { constant: 'deals.won' }, value: { constant: '1' } },
    ],
    completeFor: ['sales.amount', 'deals.won'],
  },
});
const CRM = profile('crm', ['成交金额']);
const OTHER = profile('other', ['总价']);
const HEAD = headOf('单号;负责人;成交日期;状态;总价\nA1;R222;2026/11/3;赢单;5,0\nA2;R221;2026/11/14;丢单;6,0') ?? never();

function never(): never {
  throw new Error('no head');
}

it('finds columns without regard to case, width and blanks', () => {
  expect(columnOf(['Ｏwner ', 'Amount'], ['x', 'owner'])).toBe('Ｏwner ');
  expect(columnOf(['a'], 'b')).toBe('');
});

it('begins with the profile that knows the most columns, and says what is lacking', () => {
  expect(nearest([CRM, OTHER], HEAD.header)).toBe(OTHER);
  expect(nearest([], HEAD.header)).toBeUndefined();
  const draft = draftFrom(OTHER, HEAD);
  expect(draft).toMatchObject({ name: '', owner: '负责人', record: '', day: '成交日期', numbers: 'point', filterColumn: '' });
  expect(lacksOf(draft)).toEqual(['name', 'source', 'record']);
  expect(lacksOf({ ...draft, filterColumn: '状态' })).toContain('filterValues');
});

it('makes the definition of what was filled in, the rest as the beginning has it', () => {
  const draft = {
    ...draftFrom(OTHER, HEAD),
    name: 'our-crm',
    source: 'crm',
    record: '单号',
    by: ['employee-no'] as const,
    formats: ['YYYY/M/D'],
    numbers: 'comma' as const,
    filterColumn: '状态',
    filterValues: ['赢单'],
  };
  expect(lacksOf(draft)).toEqual([]);
  expect(definitionOf(draft, OTHER, HEAD, (metric) => metric === 'sales.amount')).toEqual({
    kind: 'facts',
    source: 'crm',
    delimiter: ';',
    filter: { column: '状态', op: 'in', values: ['赢单'] },
    owner: { column: '负责人', by: ['employee-no'], unknown: 'refuse' },
    recordId: { columns: ['单号'] },
    happenedOn: { column: '成交日期', formats: ['YYYY/M/D'] },
    numbers: { strip: ['¥'], decimal: ',', thousands: '.' },
    facts: [
      { metric: { constant: 'sales.amount' }, value: { column: '总价' } },
      { metric: { constant: 'deals.won' }, value: { constant: '1' } },
    ],
    completeFor: ['sales.amount'],
  });
});

it('keeps what it can not show: conditions of more than one column, spellings of an own profile', () => {
  const filter = { not: { column: '状态', op: 'empty' } } as const;
  const own: Facts = { ...OTHER, builtIn: false, definition: { ...OTHER.definition, filter } };
  const draft = draftFrom(own, HEAD);
  expect(draft).toMatchObject({ name: 'other', source: 'other', keptFilter: filter });
  expect(definitionOf(draft, own, HEAD, () => true)).toMatchObject({ filter, owner: { aliases: { abc: 'somebody' } } });
});

it('says which ways of writing a date read the whole column', () => {
  expect(formatsFitting(HEAD, '成交日期')).toEqual(['YYYY/M/D']);
  expect(formatsFitting(headOf('d\n2026-11-03\n2026-11-14') ?? never(), 'd')).toEqual(['YYYY-MM-DD']);
  expect(formatsFitting(headOf('d\n11/14/2026') ?? never(), 'd')).toEqual(['M/D/YYYY']);
  expect(formatsFitting(HEAD, '负责人')).toEqual([]);
});
