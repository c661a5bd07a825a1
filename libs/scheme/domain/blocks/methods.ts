import type { MethodDocument } from '../../contracts/document';
import { casesMethod, consecutiveMethod, formulaMethod, tiersMethod } from './methods/choices';
import type { CompiledMethod, MethodContext } from './methods/method';
import { anyMethod, attendanceMethod, bonusMethod, deductMethod, itemsMethod } from './methods/occurrences';
import { growthMethod, ratioMethod, shareMethod, slaMethod } from './methods/ratios';
import { ratersMethod } from './methods/raters';
import { ratingMethod, rubricMethod, wordsMethod } from './methods/reviewed';

export function compileMethod(method: MethodDocument, context: MethodContext): CompiledMethod {
  switch (method.kind) {
    case 'ratio':
      return ratioMethod(method, context);
    case 'share':
      return shareMethod(method, context);
    case 'sla':
      return slaMethod(method, context);
    case 'growth':
      return growthMethod(method, context);
    case 'deduct':
      return deductMethod(method, context);
    case 'bonus':
      return bonusMethod(method, context);
    case 'attendance':
      return attendanceMethod(method, context);
    case 'any-takes-all':
      return anyMethod(method, context);
    case 'items':
      return itemsMethod(method, context);
    case 'rating':
      return ratingMethod(method, context);
    case 'rubric':
      return rubricMethod(method, context);
    case 'tiers':
      return tiersMethod(method, context);
    case 'words':
      return wordsMethod(method, context);
    case 'consecutive':
      return consecutiveMethod(method, context);
    case 'raters':
      return ratersMethod(method, context);
    case 'cases':
      return casesMethod(method, context);
    case 'formula':
      return formulaMethod(method, context);
  }
}
