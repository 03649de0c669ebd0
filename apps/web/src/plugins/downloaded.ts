/** Whether something of this organization was downloaded with this browser: the last of the first steps. */
export const wasDownloaded = (orgId: string) => localStorage.getItem(`downloaded:${orgId}`) !== null

export const noteDownload = (orgId: string) => localStorage.setItem(`downloaded:${orgId}`, '1')
