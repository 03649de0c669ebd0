import { formatTokens } from '@tallyforge/core/money'
import type { BurnDown } from '../trpc.ts'
import { dayText, monthText } from './utc-days.ts'

/** What the chart shows, in figures: every day of the month so far. */
export function BurnDownTable({ month }: { month: BurnDown }) {
  return (
    <table>
      <caption>Burn-down of {monthText(month.month)}, in tokens by UTC day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Added</th>
          <th scope="col">Spent</th>
          <th scope="col">Expired</th>
          <th scope="col">Balance at its end</th>
        </tr>
      </thead>
      <tbody>
        {month.days.map(({ date, granted, spent, expired, balance }) => (
          <tr key={date}>
            <th scope="row">{dayText(date)}</th>
            <td>{formatTokens(granted)}</td>
            <td>{formatTokens(spent)}</td>
            <td>{formatTokens(expired)}</td>
            <td>{formatTokens(balance)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
