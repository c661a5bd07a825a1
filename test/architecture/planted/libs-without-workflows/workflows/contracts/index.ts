export const WORKFLOW = 'appraisalCycle';
