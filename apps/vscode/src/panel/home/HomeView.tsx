import { IconButton } from '@tallyforge/ui/IconButton'
import { Maximize2 } from 'lucide-react'
import { useState } from 'react'
import { useOrg, useRoute } from '../panel.tsx'
import { useNewPlugin } from '../prompt/new-plugin.ts'
import { PromptBox } from '../prompt/PromptBox.tsx'
import { HomeBar } from './HomeBar.tsx'
import { PluginList } from './PluginList.tsx'

/** What there is to spend, a place to describe a plugin, and the plugins. */
export function HomeView() {
  const { may } = useOrg()
  const [search, setSearch] = useState('')
  return (
    <>
      <HomeBar />
      <main className="min-h-0 flex-1 overflow-y-auto">
        {may('plugins.write') && <NewPlugin />}
        <PluginList search={search} onSearch={setSearch} />
      </main>
    </>
  )
}

function NewPlugin() {
  const form = useNewPlugin()
  const { go } = useRoute()
  return (
    <section aria-label="New plugin" className="border-b px-3 py-3">
      <PromptBox
        form={form}
        label="Describe the plugin"
        placeholder="What should the plugin do?"
        height="low"
        isFolded
        context={
          <div className="flex items-center justify-between">
            <h2 className="font-semibold">Describe a plugin</h2>
            <IconButton
              label="Write in a larger field"
              className="size-6"
              onClick={() => go({ name: 'create' })}
            >
              <Maximize2 size={12} aria-hidden />
            </IconButton>
          </div>
        }
      />
    </section>
  )
}
