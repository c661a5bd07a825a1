export { EVALUATOR_VERSION } from './contracts/evaluation';
export { evaluate, failure } from './domain/evaluate.policy';
export { compileScheme } from './domain/compile';
export type { CompiledScheme } from './domain/compile';
export { explanationHash, explanationText } from './domain/explanation';
export { readScoreInput } from './domain/score-input';
export { compiledTemplate, isSchemeTemplate, loadScheme, SCHEME_TEMPLATES, templateText } from './application/templates';
