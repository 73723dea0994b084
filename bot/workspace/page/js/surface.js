// What the blocks of a surface need to know: names for ids, and where an action is sent.

/** Names of people and channels, shared by every surface. */
export function names(app) {
  const { store } = app;
  return {
    userName: (id) => store.userName(id),
    channelName: (id) => store.conversation(id)?.name ?? null,
    conversations: () => store.conversationsFor(app.person).filter((one) => !one.archived).map((one) => ({ id: one.id, label: store.label(one) })),
    currentConversation: () => app.route.conversation,
  };
}

/** The surface of a message: an action names the message, or the ephemeral that only this person sees. */
export function messageSurface(app, message) {
  const where = message.ephemeral_id ? { ephemeral_id: message.ephemeral_id } : { ts: message.ts };
  return {
    ...names(app),
    surfaceId: `m-${message.ephemeral_id ?? message.ts}`,
    keptValue: () => null,
    addInput: () => {},
    act: (what) => app.act({ conversation: message.conversation, ...where, ...what }),
  };
}

/** The surface of a view (modal or Home); `inputs` collects its input blocks, `kept` holds what was typed before a redraw. */
export function viewSurface(app, view, inputs = [], kept = {}) {
  return {
    ...names(app),
    surfaceId: `v-${view.id}`,
    keptValue: (block, action) => kept[block]?.[action] ?? null,
    addInput: (one) => inputs.push(one),
    act: (what) => app.act({ conversation: app.route.conversation, view_id: view.id, ...what }),
  };
}
