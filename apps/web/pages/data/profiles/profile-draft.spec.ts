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
  expect(draft).toMatchObject({ name: '', owner: '负责人', records: [undefined], day: '成交日期', numbers: 'point' });
  expect(draft.filterColumn).toBeUndefined();
  expect(lacksOf(draft).map(({ field }) => field)).toEqual(['name', 'source', 'record', 'filter']);
  expect(lacksOf({ ...draft, filterColumn: '状态', filterValues: [] })).toContainEqual({ field: 'filterValues' });
});

it('makes the definition of what was filled in, the rest as the beginning has it', () => {
  const draft = {
    ...draftFrom(OTHER, HEAD),
    name: 'our-crm',
    source: 'crm',
    records: ['单号'],
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
    completeFor: ['sales.amount', 'deals.won'],
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

describe('a profile whose columns the file does not have', () => {
  const own: Facts = {
    name: 'own',
    version: 3,
    builtIn: false,
    definition: {
      kind: 'facts',
      source: 'crm',
      encoding: 'gb18030',
      filter: { column: 'Stage', op: 'in', values: ['Won'] },
      owner: { column: 'Owner', by: ['name'], unknown: 'refuse' },
      recordId: { columns: ['a', 'b', 'c'] },
      happenedOn: { column: 'day', formats: ['YYYY-MM-DD'] },
      numbers: { thousands: ' ' },
      facts: [
        { metric: { constant: 'sales.amount' }, value: { column: 'Amount' } },
        { metric: { constant: 'returns' }, value: { constant: '-1' }, when: { column: 'k', op: 'equals', value: 'return' } },
      ],
      completeFor: ['sales.amount'],
      strictColumns: true,
    },
  };
  const head = headOf('a,b,c,Owner,day,Total,k,State\n1,2,3,Ann,2026-11-03,5,return,Won') ?? never();
  const draft = draftFrom(own, head);
  const [amount, returns] = draft.facts;
  const facts = amount && returns ? [{ ...amount, column: 'Total' }, returns] : never();

  it('says by field what is lacking, and damages nothing meanwhile', () => {
    expect(lacksOf(draft)).toEqual([{ field: 'value', fact: 0 }, { field: 'filter' }]);
    expect(draft.facts.map(({ column }) => column)).toEqual([undefined, '']);
    expect(definitionOf(draft, own, head, () => true)).toEqual(own.definition);
  });

  it('is whole once a column is chosen for each, all else as it was', () => {
    const whole = { ...draft, facts, filterColumn: 'State', filterValues: ['Won'] };
    expect(lacksOf(whole)).toEqual([]);
    expect(definitionOf(whole, own, head, () => true)).toEqual({
      ...own.definition,
      filter: { column: 'State', op: 'in', values: ['Won'] },
      facts: [{ metric: { constant: 'sales.amount' }, value: { column: 'Total' } }, own.definition.facts[1]],
    });
  });

  it('lets go only of what is removed deliberately', () => {
    const whole = {
      ...draft,
      facts: facts.map((fact) => ({ ...fact, column: '', keepsWhen: false })),
      filterColumn: '',
      records: ['a', '', 'c'],
      numbers: 'plain' as const,
    };
    expect(lacksOf(whole)).toEqual([]);
    const { filter, recordId, numbers, facts: said } = definitionOf(whole, own, head, () => true);
    expect([filter, recordId.columns, numbers]).toEqual([undefined, ['a', 'c'], {}]);
    expect(said).toEqual([
      { metric: { constant: 'sales.amount' }, value: { constant: '1' } },
      { metric: { constant: 'returns' }, value: { constant: '-1' } },
    ]);
    expect(definitionOf({ ...whole, facts: whole.facts.slice(1) }, own, head, () => true).completeFor).toBeUndefined();
  });

  it('lacks columns of the record, of metrics and of conditions as well', () => {
    const other = headOf('a,c,Owner,day,Amount\n1,3,Ann,2026-11-03,5') ?? never();
    const filter = { all: [{ column: 'a', op: 'not-empty' }, { not: { column: ['Stage', 'State'], op: 'empty' } }] } as const;
    const nested: Facts = {
      ...own,
      definition: { ...own.definition, filter: { all: [...filter.all.map((one) => one)] } } as Facts['definition'],
    };
    const lacking = draftFrom(nested, other);
    expect(lacking.filterLacks).toEqual(['Stage']);
    expect(lacksOf(lacking)).toEqual([{ field: 'record' }, { field: 'when', fact: 1 }, { field: 'filter' }]);
    expect(definitionOf(lacking, nested, other, () => true)).toEqual(nested.definition);
    expect(lacksOf(draftFrom(nested, head))).toEqual([{ field: 'value', fact: 0 }]);
    const byColumn: Facts = {
      ...own,
      definition: { ...own.definition, facts: [{ metric: { column: 'Metric' }, value: { constant: '1' } }] },
    };
    expect(lacksOf(draftFrom(byColumn, head))).toEqual([{ field: 'metric', fact: 0 }, { field: 'filter' }]);
  });
});
