import type { MachinePreset, MachinePresetName } from '@trigger.dev/core/v3'

const presets: Record<MachinePresetName, { cpu: number; memoryGb: number }> = {
  micro: { cpu: 0.25, memoryGb: 0.25 },
  'small-1x': { cpu: 0.5, memoryGb: 0.5 },
  'small-2x': { cpu: 1, memoryGb: 1 },
  'medium-1x': { cpu: 1, memoryGb: 2 },
  'medium-2x': { cpu: 2, memoryGb: 4 },
  'large-1x': { cpu: 4, memoryGb: 8 },
  'large-2x': { cpu: 8, memoryGb: 16 },
}

export const defaultMachine: MachinePresetName = 'small-1x'

/** Returns the preset with this name, or the default preset for an unknown name. */
export function readMachine(name: string | null | undefined): MachinePreset {
  const known = Object.keys(presets).find((candidate): candidate is MachinePresetName => candidate === name)
  const chosen = known ?? defaultMachine
  const { cpu, memoryGb } = presets[chosen]
  return { name: chosen, cpu, memory: memoryGb, centsPerMs: 0 }
}

/** Returns the JavaScript heap limit of a worker of this preset, in MB: 80 % of the preset's memory. */
export function heapLimitMb(machine: MachinePreset): number {
  return Math.round(machine.memory * 1024 * 0.8)
}
