import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface WholeNameSearchProps {
  readonly onAsk: (text: string) => void;
  readonly isAsking: boolean;
  /** What was asked and found nobody; undefined while something was found or nothing was asked. */
  readonly nobody: string | undefined;
}

/** Finds whoever has that whole name, employee number or login: parts of names can't be searched, they are stored sealed. */
export function WholeNameSearch({ onAsk, isAsking, nobody }: WholeNameSearchProps): ReactElement {
  const { t } = useTranslation('common');
  const id = useId();
  const [text, setText] = useState('');
  const ask = (): void => onAsk(text.trim());
  return (
    <div className="row">
      <label htmlFor={id} className="soft">
        {t('colleague.other')}
      </label>
      <input
        id={id}
        className="plain-input colleague-search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          ask();
        }}
      />
      <Button onClick={ask} loading={isAsking}>
        {t('search')}
      </Button>
      {nobody !== undefined && <span role="status">{t('colleague.nobody', { text: nobody })}</span>}
    </div>
  );
}
