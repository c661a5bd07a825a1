import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import type { Locator } from 'playwright-core';
import { z } from 'zod';
import { eventually } from '#libs/testing';
import { LANGUAGES, type Language, openStage, report, type Stage, type Visitor } from './stage';

jest.setTimeout(300_000);

const zBatch = z.looseObject({
  batchId: z.string(),
  stage: z.string(),
  fileHash: z.string().nullable(),
  cycleName: z.string().nullable(),
  acknowledgedLines: z.int(),
  releasedLines: z.int(),
});
const zBatches = z.object({ items: z.array(zBatch) });

/** What the pages say, in both languages. */
const WORDS = {
  'zh-CN': {
    pay: '兑现',
    start: '生成批次',
    toCheck: '待检查',
    notByYou: '这个批次由你生成，须由别人检查',
    check: '检查通过，交总经理批准',
    approve: '批准发放',
    waitsForGm: '等总经理批准',
    waitsForRelease: '等财务发放',
    differences: '与上期的差异',
    history: '经过',
    hold: '暂缓所选',
    reason: '暂缓理由',
    lift: '解除暂缓',
    held: '财务暂缓',
    release: '发放',
    acknowledge: '登记回执',
    reference: '薪资系统回执号',
    file: '下载薪资文件',
    cancel: '取消批次',
    cancelReason: '取消理由',
    done: '全部已回执',
    cancelled: '已取消',
    changed: '批次刚刚被他人改动',
  },
  en: {
    pay: 'Payouts',
    start: 'Start a batch',
    toCheck: 'To be checked',
    notByYou: 'Started by you, so somebody else checks',
    check: 'Check passed, hand on for approval',
    approve: 'Approve the payout',
    waitsForGm: 'Waits for the general manager’s approval',
    waitsForRelease: 'Waits for finance to release it',
    differences: 'Against the last period',
    history: 'What was done',
    hold: 'Hold what is ticked',
    reason: 'Reason for holding',
    lift: 'Lift the hold',
    held: 'Held by finance',
    release: 'Release',
    acknowledge: 'Acknowledge',
    reference: 'Payroll’s reference',
    file: 'Download the payroll file',
    cancel: 'Cancel the batch',
    cancelReason: 'Reason for cancelling',
    done: 'All acknowledged',
    cancelled: 'Cancelled',
    changed: 'Somebody has just changed this batch',
  },
} as const;

describe('pay, from the batch to payroll', () => {
  let stage: Stage;
  const heads = new Map<string, Visitor>();

  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(async () => {
    heads.clear();
    await stage.leave();
  });
  afterAll(() => stage.close());

  const at = async (login: string, language: Language): Promise<Visitor> => {
    const key = `${login} ${language}`;
    const known = heads.get(key) ?? (await stage.visitor(login, { language }));
    heads.set(key, known);
    return known;
  };
  /** Presses the button of an act, and the one that does it. */
  const act = async (person: Visitor, name: string, field?: readonly [label: string, text: string]): Promise<void> => {
    await person.click(person.page.getByRole('button', { name, exact: true }));
    const question = person.page.getByRole('dialog');
    if (field) await person.fill(question.getByLabel(field[0]), field[1]);
    await person.click(question.getByRole('button', { name, exact: true }));
    await question.waitFor({ state: 'hidden' });
  };
  const todoOf = (person: Visitor, batchId: string): Locator => person.page.locator(`#todo a[href="/payouts/${batchId}"]`);
  const batchOf = async (person: Visitor, batchId: string): Promise<z.infer<typeof zBatch>> =>
    zBatch.parse(await person.ask(`/payouts/${batchId}`));
  /** The head of finance starts the batch of the published month: its id, once it is computed. */
  const started = async (language: Language): Promise<string> => {
    const head = await at('hezhiyuan', language);
    await head.open('/payouts');
    await act(head, WORDS[language].start);
    await head.page.waitForURL(/\/payouts\/[0-9a-f-]{36}/);
    // It refreshes by itself until it is computed.
    await head.page.getByText(WORDS[language].toCheck).first().waitFor();
    // Its lines, too, without anybody reloading the page.
    await head.page.getByRole('checkbox').nth(1).waitFor();
    return head.page.url().split('/').at(-1) ?? '';
  };

  /** Another holds a line while the question is open: what differs and who did it stands in it, and the refusal not beside that. */
  const overtaken = async (accountant: Visitor, head: Visitor, batchId: string): Promise<void> => {
    const words = WORDS.en;
    await accountant.page.getByRole('button', { name: words.check, exact: true }).click();
    await head.open(`/payouts/${batchId}`);
    await head.page.getByRole('checkbox').last().check();
    await act(head, words.hold, [words.reason, 'left without a word']);
    const question = accountant.page.getByRole('dialog');
    await question.getByRole('button', { name: words.check, exact: true }).click();
    const note = question.getByRole('alert');
    await eventually(async () => expect(await note.textContent()).toMatch(/何志远.*left without a word/));
    expect(await note.textContent()).toMatch(/Held \(CNY\)[\d,.]+ → [\d,.]+/);
    expect(await note.count()).toBe(1);
    await accountant.page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
  };

  it('given a batch that one started, then somebody else checks it and hands it on in at most 4 steps, and who may not is told why', async () => {
    const words = WORDS['zh-CN'];
    const batchId = await started('zh-CN');
    const head = await at('hezhiyuan', 'zh-CN');
    expect(await head.page.getByText(words.notByYou).count()).toBe(1);
    expect(await head.page.getByRole('button', { name: words.check, exact: true }).isDisabled()).toBe(true);

    // It waits on the home of who may check it, and not of who started it.
    const accountant = await at('zhenglihua', 'zh-CN');
    await accountant.open('/');
    await todoOf(accountant, batchId).waitFor();
    expect(await accountant.inspect('/', 'home-finance')).toEqual([]);
    await head.open('/');
    await head.page.locator('#todo .empty, #todo .cards').first().waitFor();
    expect(await todoOf(head, batchId).count()).toBe(0);
    await accountant.beginTask();
    await accountant.click(accountant.page.locator('nav.side').getByRole('link', { name: words.pay, exact: true }));
    await accountant.click(accountant.page.locator(`a[href="/payouts/${batchId}"]`).first());
    await act(accountant, words.check);
    await accountant.page.getByText(words.waitsForGm).first().waitFor();
    report('finance: check a batch and hand it on (zh-CN)', accountant.steps, 4);
    expect(accountant.steps).toBeLessThanOrEqual(4);
    expect((await batchOf(accountant, batchId)).stage).toBe('checked');

    // Two people on the same batch: who comes second sees what it was and what it is.
    const manager = await at('shenguohua', 'zh-CN');
    await manager.open(`/payouts/${batchId}`);
    await head.open(`/payouts/${batchId}`);
    await act(head, words.cancel, [words.cancelReason, '数据未定，重新生成']);
    await head.page.locator('.mark', { hasText: words.cancelled }).first().waitFor();
    await manager.page.getByRole('button', { name: words.approve, exact: true }).click();
    await manager.page.getByRole('dialog').getByRole('button', { name: words.approve, exact: true }).click();
    await manager.page.getByText(words.changed).first().waitFor();
    expect((await batchOf(head, batchId)).stage).toBe('cancelled');
  });

  it('given a checked batch with a line held, then it is approved, released, downloaded and acknowledged', async () => {
    const words = WORDS.en;
    const batchId = await started('en');
    const accountant = await at('zhenglihua', 'en');
    await accountant.open(`/payouts/${batchId}`);
    await accountant.page.getByRole('checkbox').nth(1).check();
    await act(accountant, words.hold, [words.reason, 'bank details are being confirmed']);
    await accountant.page.getByText(words.held).first().waitFor();
    await accountant.page.getByText('bank details are being confirmed').first().waitFor();
    await overtaken(accountant, await at('hezhiyuan', 'en'), batchId);
    await accountant.page.getByRole('tab', { name: words.differences }).click();
    await accountant.page
      .getByText(/Score \d/)
      .first()
      .waitFor();

    await accountant.beginTask();
    await accountant.click(accountant.page.locator('nav.side').getByRole('link', { name: words.pay, exact: true }));
    await accountant.click(accountant.page.locator(`a[href="/payouts/${batchId}"]`).first());
    await act(accountant, words.check);
    await accountant.page.getByText(words.waitsForGm).first().waitFor();
    report('finance: check a batch and hand it on (en)', accountant.steps, 4);
    expect(accountant.steps).toBeLessThanOrEqual(4);

    const manager = await at('shenguohua', 'en');
    await manager.open('/');
    await todoOf(manager, batchId).click();
    await act(manager, words.approve);
    await manager.page.getByText(words.waitsForRelease).first().waitFor();

    const head = await at('hezhiyuan', 'en');
    await head.open('/');
    await todoOf(head, batchId).click();
    // Ticked to be held; once the batch is out that is no choice of lines to acknowledge.
    await head.page.getByRole('checkbox', { disabled: false }).nth(2).check();
    await act(head, words.release);
    const link = head.page.getByRole('link', { name: words.file });
    await link.waitFor();
    const { fileHash } = await batchOf(head, batchId);
    const [download] = await Promise.all([head.page.waitForEvent('download'), link.click()]);
    const bytes = readFileSync(await download.path());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(fileHash);
    expect(bytes.toString('utf8')).not.toContain('bank details');

    expect(await head.page.getByRole('checkbox', { checked: true }).count()).toBe(0);
    // Payroll has answered for one line at first, then for the rest.
    await head.page.getByRole('checkbox', { disabled: false }).nth(1).check();
    await act(head, words.acknowledge, [words.reference, 'PAY-2026-09-1']);
    await head.page.getByText('PAY-2026-09-1').first().waitFor();
    const { acknowledgedLines, releasedLines } = await batchOf(head, batchId);
    expect(acknowledgedLines).toBe(1);
    expect(releasedLines).toBeGreaterThan(1);
    await act(head, words.acknowledge, [words.reference, 'PAY-2026-09']);
    await head.page.getByText(words.done).first().waitFor();
    expect((await batchOf(head, batchId)).stage).toBe('acknowledged');
    await head.page.getByRole('tab', { name: words.history }).click();
    await head.page.getByText('Released').first().waitFor();
  });

  it('who has nothing to do with pay is told so, not shown an empty page', async () => {
    const manager = await at('r220', 'en');
    await manager.open('/payouts');
    await manager.page.getByRole('alert').first().waitFor();
    expect(await manager.page.getByRole('table').count()).toBe(0);
  });

  it.each(LANGUAGES)('batches and a batch are accessible on a desk and on a phone: %s', async (language) => {
    const auditor = await at('fangzheng', language);
    const [batch] = zBatches.parse(await auditor.ask('/payouts?stage=acknowledged&limit=1')).items;
    expect(await auditor.inspect('/payouts', 'payouts')).toEqual([]);
    for (const tab of ['', '?tab=differences', '?tab=history']) {
      expect(await auditor.inspect(`/payouts/${batch?.batchId ?? ''}${tab}`, `payout${tab.replace('?tab=', '-')}`)).toEqual([]);
    }
    expect(auditor.complaints).toEqual([]);
  });
});
