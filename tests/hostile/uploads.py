"""Files that a reader hands in, as the browser does it."""

import uuid

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState

from tests.load.reader import Answer, Reader


async def handed_in(reader: Reader, name: str, content: bytes) -> FileUploaderState:
    """A file on the server, and what a widget says that holds it."""
    asked = BackMsg()
    asked.file_urls_request.request_id = uuid.uuid4().hex
    asked.file_urls_request.file_names.append(name)
    asked.file_urls_request.session_id = reader.session
    await reader.send(asked)
    while (message := await reader.hear()).WhichOneof("type") != "file_urls_response":
        pass
    (urls,) = message.file_urls_response.file_urls
    got = await reader.line.put_file(urls.upload_url, name, content, **_headers(reader))
    if got.status >= 300:
        raise OSError(f"{name} was refused with {got.status}")
    state = FileUploaderState()
    info = state.uploaded_file_info.add(file_id=urls.file_id, name=name, size=len(content))
    info.file_urls.CopyFrom(urls)
    return state


async def upload(reader: Reader, key: str, name: str, content: bytes) -> Answer:
    """Hand a file in at the widget of a key, and wait for what comes of it."""
    return await reader.set(key, await handed_in(reader, name, content))


async def take_back(reader: Reader, state: FileUploaderState) -> None:
    """Delete a file of one's own on the server, without a word to the page."""
    (info,) = state.uploaded_file_info
    await reader.line.delete(info.file_urls.delete_url, **_headers(reader))


def _headers(reader: Reader) -> dict[str, str]:
    return {"X-Xsrftoken": reader.token}
