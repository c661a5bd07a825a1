export { demoDates } from './demo-dates';
export { demoPeople, monthFile, peopleFile } from './demo-files';
export type { DemoPerson } from './demo-files';
export { DEMO_PASSWORD, seedDemo } from './seed-demo';
export type { DemoSeeding } from './seed-demo';
