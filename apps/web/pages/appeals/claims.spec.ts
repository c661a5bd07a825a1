import { emptyDraft, type Line, lineNamed, withLine } from './claims';

const line = (name: string, of: string): Line => ({
  line: name,
  kind: 'rating',
  key: name,
  title: { 'zh-CN': name, en: name },
  value: '80',
  form: { type: 'points', unit: null, from: '0', to: '100', whole: true, options: [], optionTitles: {} },
  of: { key: of, title: { 'zh-CN': of, en: of }, value: '8', points: '10' },
  holds: [],
});
const LINES = [line('communication', 'indicator.communication'), line('diligence', 'indicator.effort')];

describe('a draft of an appeal', () => {
  it('begins with the line that the address names, by its own name or that of the result’s line', () => {
    expect(lineNamed(LINES, 'communication')).toBe(LINES[0]);
    expect(lineNamed(LINES, 'effort')).toBe(LINES[1]);
    expect(lineNamed(LINES, 'indicator.effort')).toBe(LINES[1]);
    expect(lineNamed(LINES, undefined)).toBeUndefined();
    expect(Object.keys(emptyDraft(LINES, 'effort').claims)).toEqual(['diligence']);
    expect(emptyDraft(LINES, 'unknown').claims).toEqual({});
  });

  it('that was begun takes another line in, and loses nothing', () => {
    const begun = { ...emptyDraft(LINES, 'communication'), statement: 'half written' };
    const both = withLine(begun, LINES[1]);
    expect(Object.keys(both.claims)).toEqual(['communication', 'diligence']);
    expect(both.statement).toBe('half written');
    const written = { ...begun, claims: { communication: { ground: 'unfair-rating' as const, right: '97' } } };
    expect(withLine(written, LINES[0])).toBe(written);
    expect(withLine(written, undefined)).toBe(written);
  });
});
