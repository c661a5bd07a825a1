import { ConfigProvider } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../texts';
import { pageNonce } from './nonce';

export type AntLocale = NonNullable<Parameters<typeof ConfigProvider>[0]['locale']>;

/**
 * Ant Design's words of the language of now. The first are there before anything is drawn: a provider that gets them later
 * builds all below it anew, and what somebody has typed by then would be gone.
 */
export async function antLocale(): Promise<AntLocale> {
  const words = language() === 'en' ? import('antd/es/locale/en_US') : import('antd/es/locale/zh_CN');
  return (await words).default;
}

/** Ant Design's words come in the page's language; its styles carry the nonce that the content security policy asks for. */
export function Look({ first, children }: { readonly first: AntLocale; readonly children: ReactNode }): ReactElement {
  const { i18n } = useTranslation();
  const [locale, setLocale] = useState(first);
  const now = i18n.language;
  useEffect(() => {
    let left = false;
    void antLocale().then((words) => {
      if (!left) setLocale(words);
    });
    return () => {
      left = true;
    };
  }, [now]);
  return (
    <ConfigProvider
      csp={{ nonce: pageNonce() }}
      locale={locale}
      button={{ autoInsertSpace: false }}
      theme={{
        token: {
          // Closing waits for the end of a movement: where base.css allows none, there must be none to wait for.
          motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
          // The default blue fails WCAG AA on selected tabs; these pass on white and on their light grounds.
          colorPrimary: '#0958d9',
          colorLink: '#0958d9',
          // Under the pointer darker, not lighter as by default: white on it stays readable.
          colorPrimaryHover: '#003eb3',
          colorLinkHover: '#003eb3',
          colorErrorHover: '#a8071a',
          colorSuccess: '#237804',
          colorWarning: '#ad4e00',
          colorError: '#cf1322',
          colorTextSecondary: '#595959',
          colorTextTertiary: '#595959',
          colorTextDescription: '#595959',
          colorTextPlaceholder: '#6b6b6b',
          colorTextDisabled: '#6b6b6b',
          borderRadius: 6,
          fontFamily: "-apple-system, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
        },
      }}
    >
      {children}
    </ConfigProvider>
  );
}
