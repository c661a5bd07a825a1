import { given } from '../../libs/testing/index';
export const api = given;
