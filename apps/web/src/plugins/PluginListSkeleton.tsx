import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Table, Td } from '@tallyforge/ui/Table'

/** The list before its first answer. */
export function PluginListSkeleton() {
  return (
    <Table aria-busy aria-label="Plugins">
      <tbody>
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <tr key={key}>
            <Td className="h-15 pl-2">
              <Skeleton className="h-4 w-44" />
              <Skeleton className="mt-1.5 h-3 w-72 max-w-full" />
            </Td>
            <Td className="w-32 max-md:hidden">
              <Skeleton className="h-5 w-18" />
            </Td>
            <Td className="w-36 max-md:hidden">
              <Skeleton className="h-4 w-8" />
            </Td>
            <Td className="w-36 max-md:hidden">
              <Skeleton className="h-4 w-24" />
            </Td>
            <Td className="w-12" />
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
