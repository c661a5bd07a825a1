import { Client } from 'pg';
export const evaluate = Client;
