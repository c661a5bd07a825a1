import { Button } from 'antd';
import { BarChart, FunnelChart, LineChart, RadarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as withParts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

withParts([
  BarChart,
  FunnelChart,
  LineChart,
  RadarChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  RadarComponent,
  TooltipComponent,
  SVGRenderer,
]);

/** Told apart without hue, too: they differ in lightness. */
const PALETTE = ['#0958d9', '#ad4e00', '#389e0d', '#722ed1', '#08979c', '#8c8c8c'];

export interface ChartProps {
  /** What is drawn, in one sentence. */
  readonly title: string;
  readonly option: EChartsCoreOption;
  readonly height?: number;
  /** The same numbers as a table, for who can't or won't look. */
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** Import lazily (`lazy(() => import('../../pieces/chart'))`): it brings ECharts along. */
export function Chart({ title, option, height = 260, table }: ChartProps): ReactElement {
  const { t } = useTranslation('common');
  const place = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const chart = init(element, null, { renderer: 'svg' });
    chart.setOption({
      color: PALETTE,
      animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches && !navigator.webdriver,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      ...option,
      // Markup in a tooltip would need styles that the content security policy refuses.
      tooltip: { confine: true, ...(typeof option['tooltip'] === 'object' ? option['tooltip'] : {}), renderMode: 'richText' },
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(element);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option]);
  return (
    <figure style={{ margin: 0 }}>
      <div ref={place} role="img" aria-label={title} className="chart" style={{ height }} />
      <figcaption>
        <Button type="link" size="small" onClick={() => setAsTable(!asTable)} aria-expanded={asTable}>
          {asTable ? t('chart.hideTable') : t('chart.asTable')}
        </Button>
        {asTable && (
          <div className="scroll" tabIndex={0} role="region" aria-label={title}>
            <table className="plain">
              <thead>
                <tr>
                  {table.head.map((cell) => (
                    <th key={cell} scope="col">
                      {cell}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.rows.map((row) => (
                  <tr key={row.join(' ')}>
                    {row.map((cell, index) => (
                      <td key={`${table.head[index] ?? index}`} className={index === 0 ? undefined : 'number'}>
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </figcaption>
    </figure>
  );
}
