import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { Page } from '../../../pieces/page';
import '../cycles.css';
import { ConfirmStep } from './confirm-step';
import { DatesStep } from './dates-step';
import { type StartForm, type StartStep, STEPS, useStartForm } from './input';
import { Opening } from './opening';
import { PeopleStep } from './people-step';
import { previewQuery } from './preview';
import { SchemeStep } from './scheme-step';

/** A cycle is started in four steps; what was chosen stands in the address, so that reloading loses nothing. */
export function StartPage(): ReactElement {
  const { t } = useTranslation('cycles');
  const { started } = useAddress();
  return <Page title={t('start.title')}>{started === undefined ? <Steps /> : <Opening cycleId={started} />}</Page>;
}

function Steps(): ReactElement {
  const { t } = useTranslation('cycles');
  const form = useStartForm();
  const { step, input, like } = form;
  return (
    <>
      <StepsBar step={step} isFilled={input !== undefined} />
      {like ? (
        <Answer query={like} lines={8}>
          {({ name }) => (
            <>
              <p className="soft">{t('start.copied', { name })}</p>
              <Step form={form} />
            </>
          )}
        </Answer>
      ) : (
        <Step form={form} />
      )}
    </>
  );
}

function StepsBar({ step, isFilled }: { readonly step: StartStep; readonly isFilled: boolean }): ReactElement {
  const { t } = useTranslation('cycles');
  const address = useAddress();
  return (
    <nav aria-label={t('start.stepsLabel')}>
      <ol className="steps-bar">
        {STEPS.map((one) => (
          <li key={one} className={one === step ? 'current' : undefined}>
            {isFilled || one === 'scheme' ? (
              <Link to="/cycles/new" search={{ ...address, step: one, after: undefined }}>
                {t(`start.steps.${one}`)}
                {one === step && <span className="hidden"> ({t('start.here')})</span>}
              </Link>
            ) : (
              <span className="step soft">{t(`start.steps.${one}`)}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Step({ form }: { readonly form: StartForm }): ReactElement {
  const { t } = useTranslation('cycles');
  const { step, input } = form;
  const preview = useQuery({ ...previewQuery(input ?? EMPTY), enabled: input !== undefined && step !== 'scheme' });
  if (step === 'scheme' || input === undefined)
    return (
      <>
        <SchemeStep like={form.like?.data} />
        <Moves step="scheme" blocked={input === undefined ? t('start.needPeriod') : undefined} />
      </>
    );
  switch (step) {
    case 'dates':
      return (
        <>
          <DatesStep preview={preview} />
          <Moves step={step} />
        </>
      );
    case 'people':
      return (
        <>
          <PeopleStep form={form} input={input} preview={preview} />
          <Moves step={step} />
        </>
      );
    case 'confirm':
      return <ConfirmStep form={form} input={input} preview={preview} />;
  }
}

const EMPTY = { name: '-', period: '2000-01', schemeId: '-' };

function Moves({ step, blocked }: { readonly step: StartStep; readonly blocked?: string | undefined }): ReactElement {
  const { t } = useTranslation('cycles');
  const change = useChangeAddress();
  const place = STEPS.indexOf(step);
  const [before, next] = [STEPS[place - 1], STEPS[place + 1]];
  return (
    <div className="row">
      {before !== undefined && <Button onClick={() => change({ step: before, after: undefined })}>{t('start.back')}</Button>}
      {next !== undefined && (
        <Button type="primary" disabled={blocked !== undefined} onClick={() => change({ step: next, after: undefined })}>
          {t('start.next')}
        </Button>
      )}
      {blocked !== undefined && <span className="soft">{blocked}</span>}
    </div>
  );
}
