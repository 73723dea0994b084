"""The Web API methods that the bot may call, by name. `METHODS` is what there is; anything else is unknown_method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.methods import about, chat, conversations, files, views

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.workspace.methods.call import Call
    from bot.workspace.model import JSON

METHODS: Mapping[str, Callable[[Call], JSON]] = {
    "api.test": about.api_test,
    "auth.test": about.auth_test,
    "apps.connections.open": about.connections_open,
    "blocks.validate": about.blocks_validate,
    "users.info": about.users_info,
    "users.conversations": conversations.of_bot,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "conversations.history": conversations.history,
    "conversations.replies": conversations.replies,
    "conversations.info": conversations.info,
    "conversations.list": conversations.listing,
    "conversations.open": conversations.open_dm,
    "conversations.join": conversations.join,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.completeUploadExternal": files.complete_upload,
    "views.open": views.open_view,
    "views.push": views.push,
    "views.update": views.update,
    "views.publish": views.publish,
}
