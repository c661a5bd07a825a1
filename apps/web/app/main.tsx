import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTexts } from '../texts';
import { App } from './app';
import { antLocale } from './look';
import { markStyles } from './nonce';
import { markUnfetched } from './unfetched';
import './base.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
markStyles();
markUnfetched();
await startTexts();
const locale = await antLocale();
createRoot(root).render(
  <StrictMode>
    <App locale={locale} />
  </StrictMode>,
);
