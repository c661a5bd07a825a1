export {
  addDecimal,
  addFraction,
  compareDecimal,
  compareFraction,
  decimal,
  DECIMAL_LIMITS,
  decimalFromInteger,
  divideFraction,
  formatDecimal,
  formatFixed,
  isFraction,
  isWhole,
  maxFraction,
  minFraction,
  multiplyDecimal,
  multiplyFraction,
  negateDecimal,
  parseDecimal,
  ratio,
  roundDown,
  roundHalfEven,
  roundHalfUp,
  roundUp,
  subtractDecimal,
  subtractFraction,
  sumDecimals,
  toFraction,
  ZERO,
} from './decimal';
export type { Decimal, Fraction } from './decimal';
export { assertNever, fold, Rejection } from './message';
export type { Decider, DecisionContext, Message, RejectionDetails } from './message';
export {
  actorId,
  instant,
  isActorId,
  isInstant,
  isPeriod,
  isPlainDay,
  isSubjectId,
  isUuid,
  period,
  plainDay,
  subjectId,
  uuidV7,
} from './ids';
export type { ActorId, Branded, IdSource, Instant, Period, PlainDay, SubjectId } from './ids';
export { idSource, instantPlusMs, systemClock } from './clock';
export type { Clock } from './clock';
export { derivedUuid } from './derived-id';
export { canonicalJson } from './canonical-json';
export { PersonalText } from './personal-text';
export type { SealedText } from './personal-text';
