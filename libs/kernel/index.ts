export {
  addDecimal,
  compareDecimal,
  decimal,
  decimalFromInteger,
  formatDecimal,
  formatFixed,
  isFraction,
  isWhole,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  ratio,
  roundDown,
  roundHalfEven,
  roundHalfUp,
  roundUp,
  subtractDecimal,
  sumDecimals,
  toFraction,
  ZERO,
} from './decimal';
export type { Decimal } from './decimal';
export {
  addFraction,
  compareFraction,
  DECIMAL_LIMITS,
  divideFraction,
  fractionOf,
  fractionText,
  hundredthsOf,
  isWholeNumber,
  maxFraction,
  minFraction,
  multiplyFraction,
  negateFraction,
  parseFraction,
  roundFraction,
  signOf,
  subtractFraction,
  wholeFraction,
} from './fraction';
export type { Fraction } from './fraction';
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
