import {
  compareFraction,
  type Fraction,
  fractionText,
  maxFraction,
  multiplyFraction,
  signOf,
  subtractFraction,
  wholeFraction,
} from '#kernel';
import type { SchemeDocument } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import type { ComparisonOperator, Expression } from '../formula/parser';
import { exactNumber, type Names, numberIn, percentText } from './sentences-view';
import { type Missed, type NextTier, type Shortfall, sourceText, type Unmet } from './why-not-formula';
import type { WhyNotLine } from './why-not';

type Said = Omit<WhyNotLine, 'key' | 'title'>;

type Params = Readonly<Record<string, string | undefined>>;

/** How an amount is said: as points, percentage points or plainly. */
type Measure = 'points' | 'percentage points' | 'share' | 'plain';

const NEEDED: Readonly<Record<ComparisonOperator, readonly [string, string]>> = {
  '>=': ['at least', '至少'],
  '>': ['more than', '超过'],
  '<=': ['at most', '不超过'],
  '<': ['less than', '低于'],
  '=': ['exactly', '正好'],
  '!=': ['other than', '不同于'],
};

/** Sentences on what was missing, in one language. */
export class WhyNotWords {
  private readonly english: boolean;

  constructor(
    private readonly names: Names,
    private readonly document: SchemeDocument,
  ) {
    this.english = names.english;
  }

  about(title: string, sentence: string): string {
    return `${title}${this.english ? ': ' : '：'}${sentence}`;
  }

  band(node: ExplanationNode): readonly Said[] {
    const { next, missing, nextOver } = node.params ?? {};
    if (next === undefined) return [];
    const grade = this.names.grade(next);
    if (missing === undefined) return [this.missed(null, this.english ? `the next better one is ${grade}` : `上一级为${grade}`)];
    const onScore = node.inputs?.length === 1 && node.inputs[0]?.key === 'score';
    const short = onScore ? this.amount(exactNumber(missing), 'points') : (numberIn(missing) ?? missing);
    const more = nextOver === undefined ? '' : this.english ? 'a little more than ' : '略多于 ';
    return [this.missed(missing, this.english ? `${more}${short} short of ${grade}` : `距${grade}还差 ${more}${short}`)];
  }

  prize(node: ExplanationNode): readonly Said[] {
    const { place, missing, prizes } = node.params ?? {};
    if (place === undefined || prizes === undefined) return [];
    const all = prizes.split(' ');
    const better = missing === undefined ? Number(place) - 1 : all.length;
    if (better < 1) return [];
    const prize = numberIn(all[better - 1] ?? '0') ?? '';
    const places = String(Number(place) - better);
    return [
      this.missed(
        places,
        this.english
          ? `place ${place}; ${places} ${places === '1' ? 'place' : 'places'} short of place ${better}, which has a prize of ${prize}`
          : `第 ${place} 名；距第 ${better} 名（奖金 ${prize}）还差 ${places} 个名次`,
      ),
    ];
  }

  deposit(node: ExplanationNode): readonly Said[] {
    const { applies, missing } = node.params ?? {};
    if (applies !== 'true') return [this.reason(this.english ? 'none is withheld for this result' : '按本期结果不扣留')];
    return missing === '0' ? [this.reason(this.english ? 'the ceiling is reached, no more is withheld' : '已达上限，不再扣留')] : [];
  }

  /** What the method itself says was missing. */
  indicator({ rule, params = {} }: ExplanationNode): readonly Said[] {
    switch (rule) {
      case 'ratio':
        return this.floor(params);
      case 'sla':
        return this.sla(params);
      case 'words':
        return this.nextWord(params);
      case 'consecutive':
        return this.consecutive(params);
      default:
        return [];
    }
  }

  private floor({ ratio, floor }: Params): readonly Said[] {
    if (ratio === undefined || floor === undefined) return [];
    const by = subtractFraction(exactNumber(floor), exactNumber(ratio));
    if (signOf(by) <= 0) return [];
    const short = this.amount(by, 'share');
    const from = percentText(floor);
    return [
      this.missed(
        fractionText(by),
        this.english ? `${short} short of ${from}, under which nothing counts` : `距起计线 ${from} 还差 ${short}`,
      ),
    ];
  }

  private nextWord({ next, nextShare }: Params): readonly Said[] {
    if (next === undefined || nextShare === undefined) return [];
    const word = this.names.word(next);
    const worth = percentText(nextShare);
    return [this.missed(null, this.english ? `the next better is "${word}", which counts for ${worth}` : `上一级为“${word}”，计 ${worth}`)];
  }

  private consecutive({ held = '0', periods = '0', now }: Params): readonly Said[] {
    if (now === 'true' && held === periods) return [];
    const left = maxFraction(subtractFraction(exactNumber(periods), exactNumber(held)), wholeFraction(0));
    const sentence = this.english
      ? `${now === 'true' ? '' : 'it does not hold now; '}held in ${held} of the ${periods} periods before`
      : `${now === 'true' ? '' : '本期未达到；'}此前 ${periods} 期中达到 ${held} 期`;
    return [this.missed(fractionText(left), sentence)];
  }

  private sla({ missing, fullAt }: Params): readonly Said[] {
    if (missing === undefined || missing === '0') return [];
    const short = this.amount(exactNumber(missing), 'share');
    const full = percentText(fullAt ?? '1');
    return [this.missed(missing, this.english ? `${short} short of ${full}, which has all points` : `距得满分的 ${full} 还差 ${short}`)];
  }

  because(formula: string): Said {
    if (formula.trim() === 'true') return this.reason(this.english ? 'always' : '始终进行');
    const said = this.names.formula(formula);
    return this.reason(this.english ? `because ${said}` : `因为${said}`);
  }

  /** A pay line of 0.00 that no tier, gate or condition explains. */
  nothingDue({ inputs = [], params = {} }: ExplanationNode): readonly Said[] {
    const nothing = inputs.filter(({ value }) => value !== null && /^0(\.0+)?$/.test(value));
    const titles = this.names.join(nothing.map(({ key }) => this.names.title(key)));
    if (nothing.length > 0)
      return [
        this.reason(
          this.english ? `nothing is due, because ${titles} ${nothing.length === 1 ? 'is' : 'are'} 0` : `为零，因为${titles}为 0`,
        ),
      ];
    const formula = params['formula'] === undefined ? '' : this.names.formula(params['formula']);
    return formula === '' ? [] : [this.reason(this.english ? `nothing is due by ${formula}` : `按 ${formula} 计算为零`)];
  }

  /** Whether more of it would be better or worse only the reader knows. */
  notTaken(shortfall: Shortfall): Said {
    if (shortfall.kind !== 'number') return this.shortfall(shortfall);
    const { left, operator, right, is, bound, by } = shortfall;
    const measure = this.measureOf(left, right);
    const what = this.names.formula(sourceText(left));
    const than = NEEDED[operator][this.english ? 0 : 1];
    const up = compareFraction(is, bound) < 0;
    const away = this.amount(by, measure);
    const apart = signOf(by) === 0 ? '' : this.english ? `, ${away} ${up ? 'more' : 'less'}` : `，${up ? '差' : '多'} ${away}`;
    const [value, wanted] = [this.value(is, measure), this.value(bound, measure)];
    return this.missed(
      fractionText(by),
      this.english ? `no: ${what} is ${value}; it takes ${than} ${wanted}${apart}` : `否：${what}为 ${value}；需${than} ${wanted}${apart}`,
    );
  }

  voided(formula: string): Said {
    const said = this.names.formula(formula);
    return this.reason(this.english ? `void, because ${said}` : `作废，因为${said}`);
  }

  forCase(key: string | undefined, said: Said): Said {
    if (key === undefined) return said;
    const word = this.names.word(key);
    return { ...said, sentence: this.english ? `for "${word}": ${said.sentence}` : `要得到“${word}”：${said.sentence}` };
  }

  shortfall(shortfall: Shortfall): Said {
    switch (shortfall.kind) {
      case 'number':
        return this.compared(shortfall);
      case 'tier':
        return this.tier(shortfall);
      case 'condition':
        return this.unmet(shortfall);
    }
  }

  private unmet({ expression, wanted, is }: Unmet): Said {
    if (expression.kind === 'compare' && is !== undefined) {
      const [left, right] = [this.names.formula(sourceText(expression.left)), this.names.formula(sourceText(expression.right))];
      const value = this.names.value(is, expression.left.kind === 'name' ? expression.left.name : '');
      const other = (expression.operator === '=') !== wanted;
      return this.missed(
        null,
        this.english
          ? `${left} is ${value}; it takes ${other ? 'another than ' : ''}${right}`
          : `${left}为${value}；需${other ? '不为' : '为'}${right}`,
      );
    }
    const said = this.names.formula(sourceText(expression));
    if (wanted) return this.missed(null, this.english ? `it takes: ${said}` : `需要：${said}`);
    return this.missed(null, this.english ? `it takes that this does not hold: ${said}` : `需要不成立：${said}`);
  }

  private compared({ left, operator, right, is, bound, by }: Missed): Said {
    const measure = this.measureOf(left, right);
    const what = this.names.formula(sourceText(left));
    const [value, wanted, short] = [this.value(is, measure), this.value(bound, measure), this.amount(by, measure)];
    const than = NEEDED[operator][this.english ? 0 : 1];
    const up = compareFraction(is, bound) < 0;
    const difference =
      signOf(by) === 0 ? '' : this.english ? `; ${short} ${up ? 'more' : 'less'} would have done` : `；还${up ? '差' : '超出'} ${short}`;
    const sentence = this.english
      ? `${what} is ${value}, needed is ${than} ${wanted}${difference}`
      : `${what}为 ${value}，需${than} ${wanted}${difference}`;
    return this.missed(fractionText(by), sentence);
  }

  private tier({ of, is, bound, inclusive, by, worth, underlying }: NextTier): Said {
    const measure = this.measureOf(of, of);
    const value = this.worth(worth);
    const what = this.names.formula(sourceText(of));
    const more = inclusive ? '' : this.english ? 'a little more than ' : '略多于 ';
    if (!underlying || underlying.name === 'score') {
      const short = this.amount(by, measure);
      const sentence = this.english
        ? `${what} is ${this.value(is, measure)}; ${more}${short} short of the tier of ${value}, which begins at ${this.value(bound, measure)}`
        : `${what}为 ${this.value(is, measure)}；距 ${this.value(bound, measure)} 起的 ${value} 档还差 ${more}${short}`;
      return this.missed(fractionText(by), sentence);
    }
    const name = this.names.title(underlying.name);
    const amount = this.money(underlying.by, underlying.name);
    const sentence = this.english
      ? `${name} of ${more}${amount} more would have reached the tier of ${value} (from ${this.value(bound, measure)})`
      : `${name}再多 ${more}${amount} 即可达到 ${value} 档（${this.value(bound, measure)} 起）`;
    return this.missed(fractionText(underlying.by), sentence);
  }

  /** Scores are measured in points, percent facts and shares in percentage points. */
  private measureOf(left: Expression, right: Expression): Measure {
    for (const expression of [left, right]) {
      if (expression.kind === 'name' && expression.name === 'score') return 'points';
      if (expression.kind === 'name' && this.names.unit(expression.name) === 'percent') return 'percentage points';
    }
    const isQuotient = left.kind === 'arithmetic' && left.operator === '/';
    return isQuotient ? 'share' : 'plain';
  }

  private value(value: Fraction, measure: Measure): string {
    const text = fractionText(value);
    if (measure === 'share') return percentText(text);
    return `${numberIn(text) ?? text}${measure === 'percentage points' ? ' %' : ''}`;
  }

  private amount(value: Fraction, measure: Measure): string {
    const text = fractionText(measure === 'share' ? multiplyFraction(value, wholeFraction(100)) : value);
    const said = numberIn(text) ?? text;
    if (measure === 'plain') return said;
    if (measure === 'points') return this.english ? `${said} ${text === '1' ? 'point' : 'points'}` : `${said} 分`;
    return this.english ? `${said} percentage ${text === '1' ? 'point' : 'points'}` : `${said} 个百分点`;
  }

  /** Money with its cents. */
  private money(value: Fraction, name: string): string {
    const text = fractionText(value);
    const said = numberIn(text) ?? text;
    if (this.names.unit(name) !== 'money' || text.includes('/')) return said;
    const decimals = text.split('.')[1]?.length ?? 0;
    return decimals === 0 ? `${said}.00` : decimals === 1 ? `${said}0` : said;
  }

  /** What a tier is worth, as a share where the scheme writes one. */
  private worth(text: string): string {
    const parameter = /^param\.([\p{L}\p{N}_]+)$/u.exec(text)?.[1];
    const set = parameter === undefined ? undefined : this.document.parameters[parameter];
    const said = this.names.formula(text);
    return set?.unit === 'share' && /^[\d.]+$/.test(said) ? percentText(said) : said;
  }

  private missed(missing: string | null, sentence: string): Said {
    return { kind: 'missed', missing, sentence };
  }

  private reason(sentence: string): Said {
    return { kind: 'reason', missing: null, sentence };
  }
}
