import { type Fraction, fractionOf } from '#kernel';
import { FORMULA_LIMITS, FormulaProblem, type Token, tokens } from './lexer';

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** `at` is the offset in the source, for findings with line and column. */
export type Expression =
  | { readonly kind: 'number'; readonly value: Fraction; readonly at: number }
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'negate'; readonly of: Expression; readonly at: number }
  | { readonly kind: 'not'; readonly of: Expression; readonly at: number }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly kind: 'logic'; readonly operator: 'and' | 'or'; readonly left: Expression; readonly right: Expression; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly at: number };

/** Thrown when the source is no formula or over FORMULA_LIMITS: FormulaProblem with the offset. */
export function parseFormula(source: string): Expression {
  return new Parser(tokens(source)).whole();
}

class Parser {
  private next = 0;
  private nodes = 0;
  private depth = 0;

  constructor(private readonly list: readonly Token[]) {}

  whole(): Expression {
    const expression = this.or();
    const rest = this.token();
    if (rest.kind !== 'end') throw this.unexpected(rest);
    return expression;
  }

  private or(): Expression {
    return this.deeper(() => {
      let left = this.and();
      for (let at = this.takeName('or'); at !== undefined; at = this.takeName('or'))
        left = this.node({ kind: 'logic', operator: 'or', left, right: this.and(), at });
      return left;
    });
  }

  private and(): Expression {
    let left = this.not();
    for (let at = this.takeName('and'); at !== undefined; at = this.takeName('and'))
      left = this.node({ kind: 'logic', operator: 'and', left, right: this.not(), at });
    return left;
  }

  private not(): Expression {
    const at = this.takeName('not');
    return at === undefined ? this.comparison() : this.node({ kind: 'not', of: this.deeper(() => this.not()), at });
  }

  private comparison(): Expression {
    const left = this.sum();
    const token = this.token();
    const operator = comparisonOperator(token);
    if (operator === undefined) return left;
    this.next += 1;
    const compared = this.node({ kind: 'compare', operator, left, right: this.sum(), at: token.offset });
    if (comparisonOperator(this.token()) !== undefined) throw this.unexpected(this.token());
    return compared;
  }

  private sum(): Expression {
    let left = this.product();
    for (;;) {
      const token = this.token();
      if (token.kind !== 'operator' || (token.text !== '+' && token.text !== '-')) return left;
      this.next += 1;
      left = this.node({ kind: 'arithmetic', operator: token.text, left, right: this.product(), at: token.offset });
    }
  }

  private product(): Expression {
    let left = this.unary();
    for (;;) {
      const token = this.token();
      if (token.kind !== 'operator' || (token.text !== '*' && token.text !== '/')) return left;
      this.next += 1;
      left = this.node({ kind: 'arithmetic', operator: token.text, left, right: this.unary(), at: token.offset });
    }
  }

  private unary(): Expression {
    const token = this.token();
    if (token.kind !== 'operator' || token.text !== '-') return this.primary();
    this.next += 1;
    return this.node({ kind: 'negate', of: this.deeper(() => this.unary()), at: token.offset });
  }

  private primary(): Expression {
    const token = this.token();
    this.next += 1;
    switch (token.kind) {
      case 'number':
        return this.node({ kind: 'number', value: this.numberValue(token.text), at: token.offset });
      case 'word':
        return this.node({ kind: 'word', text: token.text, at: token.offset });
      case 'name':
        return this.nameOrCall(token);
      case 'operator':
        if (token.text === '(') {
          const inner = this.or();
          this.expect(')');
          return inner;
        }
        throw this.unexpected(token);
      default:
        throw this.unexpected(token);
    }
  }

  private numberValue(text: string): Fraction {
    const [whole = '', fraction = ''] = text.split('.');
    const num = BigInt(whole + fraction);
    const den = 10n ** BigInt(fraction.length);
    if (this.token().kind !== 'percent') return fractionOf(num, den);
    this.next += 1;
    return fractionOf(num, den * 100n);
  }

  private nameOrCall(token: Token): Expression {
    if (token.text === 'true' || token.text === 'false')
      return this.node({ kind: 'boolean', value: token.text === 'true', at: token.offset });
    if (['and', 'or', 'not'].includes(token.text)) throw this.unexpected(token);
    if (this.token().text !== '(' || this.token().kind !== 'operator')
      return this.node({ kind: 'name', name: token.text, at: token.offset });
    this.next += 1;
    const args: Expression[] = [];
    if (this.takeOperator(')')) return this.node({ kind: 'call', name: token.text, args, at: token.offset });
    do args.push(this.or());
    while (this.takeOperator(','));
    this.expect(')');
    return this.node({ kind: 'call', name: token.text, args, at: token.offset });
  }

  private node(expression: Expression): Expression {
    this.nodes += 1;
    if (this.nodes > FORMULA_LIMITS.nodes) throw new FormulaProblem('formula-too-large', expression.at, String(FORMULA_LIMITS.nodes));
    return expression;
  }

  private deeper(parse: () => Expression): Expression {
    this.depth += 1;
    if (this.depth > FORMULA_LIMITS.depth) throw new FormulaProblem('formula-too-deep', this.token().offset, String(FORMULA_LIMITS.depth));
    const expression = parse();
    this.depth -= 1;
    return expression;
  }

  private token(): Token {
    const token = this.list[Math.min(this.next, this.list.length - 1)];
    if (!token) throw new FormulaProblem('formula-syntax', 0, '');
    return token;
  }

  private takeOperator(text: string): boolean {
    const token = this.token();
    if (token.kind !== 'operator' || token.text !== text) return false;
    this.next += 1;
    return true;
  }

  /** The offset of the word when it comes next. */
  private takeName(text: string): number | undefined {
    const token = this.token();
    if (token.kind !== 'name' || token.text !== text) return undefined;
    this.next += 1;
    return token.offset;
  }

  private expect(text: string): void {
    if (!this.takeOperator(text)) throw this.unexpected(this.token());
  }

  private unexpected(token: Token): FormulaProblem {
    return new FormulaProblem('formula-syntax', token.offset, token.kind === 'end' ? 'end' : token.text);
  }
}

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);

function isComparison(text: string): text is ComparisonOperator {
  return COMPARISONS.has(text);
}

function comparisonOperator(token: Token): ComparisonOperator | undefined {
  return token.kind === 'operator' && isComparison(token.text) ? token.text : undefined;
}
