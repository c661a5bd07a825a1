type Words = Readonly<Record<'zh-CN' | 'en', string>>;

/** What a stream is, by its category; of a person where one is named. */
const STREAMS: Readonly<Record<string, { readonly one: Words; readonly of?: Words }>> = {
  appraisal: {
    one: { 'zh-CN': '一张考核表', en: 'an appraisal form' },
    of: { 'zh-CN': '{name} 的考核表', en: 'the appraisal form of {name}' },
  },
  payoutlines: { one: { 'zh-CN': '兑现明细', en: 'pay lines' }, of: { 'zh-CN': '{name} 的兑现明细', en: 'the pay lines of {name}' } },
  cycle: { one: { 'zh-CN': '一个考核周期', en: 'a cycle' } },
  appeal: { one: { 'zh-CN': '一件申诉', en: 'an appeal' } },
  payout: { one: { 'zh-CN': '一个兑现批次', en: 'a payout batch' } },
  plan: { one: { 'zh-CN': '一个百天养成计划', en: 'a 100-day plan' } },
  scheme: { one: { 'zh-CN': '考核方案 {id}', en: 'scheme {id}' } },
};
const THINGS: Readonly<Record<string, Words>> = {
  all: { 'zh-CN': '不限于一人的内容', en: 'what concerns nobody alone' },
  people: { 'zh-CN': '人员名单', en: 'the list of people' },
  targets: { 'zh-CN': '目标名单', en: 'the list of targets' },
  rehearsal: { 'zh-CN': '方案试算', en: 'the rehearsal of a scheme' },
};
const ENDS_WITH_ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const STREAM = /^([a-z]+)-(.+)$/;
/** Of an id that nothing is called by: enough to tell it from others. */
const SHOWN = 8;

/** The person of `<subject>`, `<cycle>.<subject>` or `<category>-<cycle>.<subject>`; it may be no person's, which a name book says. */
export function personIn(about: string): string | undefined {
  return ENDS_WITH_ID.exec(about)?.[0];
}

/** What somebody looked at, as people say it: by the name of whose it is, else by what it is. */
export function lookedAtInWords(about: string, language: 'zh-CN' | 'en', nameOf: (id: string) => string): string {
  const thing = THINGS[about];
  if (thing) return thing[language];
  const id = personIn(about);
  const found = id === undefined ? undefined : nameOf(id);
  const name = found === id ? undefined : found;
  const stream = /^[0-9a-f]{8}-/.test(about) ? undefined : STREAM.exec(about);
  const kind = STREAMS[stream?.[1] ?? (about.includes('.') ? 'appraisal' : '')];
  if (kind?.of && name !== undefined) return kind.of[language].replace('{name}', name);
  if (kind) return kind.one[language].replace('{id}', stream?.[2] ?? '');
  if (name !== undefined) return name;
  return id === about ? (language === 'zh-CN' ? `编号 ${id.slice(0, SHOWN)}…` : `id ${id.slice(0, SHOWN)}…`) : about;
}
