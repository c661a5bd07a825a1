import { isSubjectId, type SubjectId } from '#kernel';
import type { EventStreams } from '#libs/event-store';
import { type HoldReason, holdReasons } from '#libs/payout';
import { PAYOUT_LIMITS, type PayLineRow, type PayoutBatchRow, type PayoutReader } from '#libs/payout/contracts';
import type { EventDecoder } from '#libs/projections';
import { CSV_BOM, csvRow } from '#libs/tabular';
import type { NameBook } from '../http/name-book';

type Language = 'zh-CN' | 'en';

export interface CsvParts {
  readonly payouts: Pick<PayoutReader, 'lines' | 'batchesOf'>;
  readonly names: Pick<NameBook, 'of' | 'employeeNumbers'>;
  readonly log: Pick<EventStreams, 'readStream'>;
  readonly decoder: EventDecoder;
}

export interface CsvQuestion {
  readonly batch: PayoutBatchRow;
  readonly language: Language;
  /** What the scheme calls its pay lines. */
  readonly titles: readonly ({ readonly key: string } & Readonly<Record<Language, string>>)[];
}

type Cause = NonNullable<PayLineRow['difference']>['cause']['kind'];

interface Words {
  readonly head: readonly string[];
  readonly kind: Readonly<Record<PayLineRow['kind'], string>>;
  readonly status: Readonly<Record<PayLineRow['status'], string>>;
  readonly cause: Readonly<Record<Cause, string>>;
  readonly heldByAppeal: string;
  readonly held: (name: string, reason: string) => string;
  readonly settled: (entitled: string, settled: string, cause: string) => string;
  readonly depositRelease: string;
  readonly between: string;
}

/** As the pages say it: a table for people, in their language. Its last column is the key that payroll's file has. */
const WORDS: Readonly<Record<Language, Words>> = {
  'zh-CN': {
    head: ['周期', '工号', '姓名', '项目', '金额', '币种', '种类', '状态', '说明', '回执号', 'line_id'],
    kind: { regular: '常规', adjustment: '补差' },
    status: {
      computed: '待发放',
      held: '暂缓',
      released: '已发放',
      withheld: '已解除暂缓，转入补发',
      acknowledged: '已回执',
      cancelled: '已取消',
    },
    cause: {
      appeal: '申诉',
      correction: '数据更正',
      'batch-cancelled': '原批次取消',
      'deposit-release': '退还押金',
      'hold-lifted': '解除暂缓',
    },
    heldByAppeal: '申诉处理中',
    held: (name, reason) => `财务暂缓（${name}：${reason}）`,
    settled: (entitled, settled, cause) => `补差：应得 ${entitled}，已结算 ${settled}（${cause}）`,
    depositRelease: '退还押金',
    between: '；',
  },
  en: {
    head: ['Period', 'Employee number', 'Name', 'Line', 'Amount', 'Currency', 'Kind', 'State', 'Note', 'Payroll reference', 'line_id'],
    kind: { regular: 'regular', adjustment: 'adjustment' },
    status: {
      computed: 'to be paid',
      held: 'held',
      released: 'released',
      withheld: 'hold lifted, goes to a supplementary batch',
      acknowledged: 'acknowledged',
      cancelled: 'cancelled',
    },
    cause: {
      appeal: 'an appeal',
      correction: 'corrected facts',
      'batch-cancelled': 'the batch before was cancelled',
      'deposit-release': 'deposit given back',
      'hold-lifted': 'a hold was lifted',
    },
    heldByAppeal: 'appeal under way',
    held: (name, reason) => `held by finance (${name}: ${reason})`,
    settled: (entitled, settled, cause) => `adjustment: due ${entitled}, settled ${settled} (${cause})`,
    depositRelease: 'Deposit given back',
    between: '; ',
  },
};

/** The lines of a batch in the order of the payroll file, page by page; UTF-8 with byte order mark, no cell that a spreadsheet would run. */
export async function* payLinesCsv(parts: CsvParts, { batch, language, titles }: CsvQuestion): AsyncGenerator<string, void, undefined> {
  const words = WORDS[language];
  const holds = await holdsFor(parts, batch);
  const actors = await parts.names.of([...holds.values()].flatMap(({ by }) => (isSubjectId(by) ? [by] : [])));
  const nameOf = (line: string): string =>
    titles.find(({ key }) => key === line)?.[language] ?? (line === 'deposit_release' ? words.depositRelease : line);
  const telling: Telling = { words, holds, actors: new Map<string, string>(actors) };
  yield `${CSV_BOM}${csvRow(words.head)}`;
  for (let after: string | undefined, more = true; more;) {
    const query = { batchId: batch.batchId, limit: PAYOUT_LIMITS.page };
    const page = await parts.payouts.lines(after === undefined ? query : { ...query, after });
    const people = await peopleOf(parts.names, page.items);
    yield page.items
      .map((line) => {
        const { name = '', employeeNo = '' } = people.get(line.subject) ?? {};
        const { kind, status, amount, currency } = line;
        const note = notesOf(line, telling).join(words.between);
        const money = [nameOf(line.key), amount, currency, words.kind[kind], words.status[status]];
        return csvRow([batch.period, employeeNo, name, ...money, note, line.reference ?? '', line.lineId]);
      })
      .join('');
    after = page.next;
    more = after !== undefined;
  }
}

interface Telling {
  readonly words: Words;
  /** By cause, as `heldBy` of lines names it. */
  readonly holds: ReadonlyMap<string, HoldReason>;
  readonly actors: ReadonlyMap<string, string>;
}

/** Why it is held, and what an adjustment settles. */
function notesOf({ heldBy, difference }: PayLineRow, telling: Telling): readonly string[] {
  const { words } = telling;
  const held = heldBy.map((key) => (key.startsWith('appeal/') ? words.heldByAppeal : heldWords(key, telling)));
  if (!difference) return held;
  const { entitled, settled, cause } = difference;
  const lifted = cause.kind === 'hold-lifted' ? telling.holds.get(`finance/${cause.id}`)?.reason : undefined;
  const said = lifted ? `${words.cause[cause.kind]}: ${lifted}` : words.cause[cause.kind];
  return [words.settled(entitled, settled, said), ...held];
}

function heldWords(key: string, { words, holds, actors }: Telling): string {
  const hold = holds.get(key);
  return words.held((hold && actors.get(hold.by)) ?? '–', hold?.reason ?? '–');
}

/** Holds of this batch; for one that settles what earlier batches held, theirs too. */
async function holdsFor(
  { payouts, log, decoder }: CsvParts,
  { batchId, cycleId, kind, round }: PayoutBatchRow,
): Promise<ReadonlyMap<string, HoldReason>> {
  const earlier = kind === 'regular' ? [] : (await payouts.batchesOf(cycleId)).filter((batch) => batch.round < round);
  const holds = new Map<string, HoldReason>();
  for (const id of [...earlier.map((batch) => batch.batchId), batchId])
    for (const [key, hold] of await holdReasons({ log, decoder }, { batchId: id })) holds.set(key, hold);
  return holds;
}

interface Called {
  readonly name?: string | undefined;
  readonly employeeNo?: string | undefined;
}

async function peopleOf(names: CsvParts['names'], lines: readonly PayLineRow[]): Promise<ReadonlyMap<SubjectId, Called>> {
  const subjects = [...new Set(lines.map(({ subject }) => subject))];
  const [named, numbers] = await Promise.all([names.of(subjects), names.employeeNumbers(subjects)]);
  return new Map(subjects.map((subject) => [subject, { name: named.get(subject), employeeNo: numbers.get(subject) }]));
}
