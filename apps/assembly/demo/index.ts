export { DEMO_PASSWORD, seedDemo } from './seed-demo';
export type { DemoSeeding } from './seed-demo';
