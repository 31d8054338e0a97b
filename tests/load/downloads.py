"""Files that a reader takes away, as the browser does it: they are made when they are asked for."""

import uuid

from streamlit.proto.BackMsg_pb2 import BackMsg

from .reader import NoAnswerError, Reader


async def made(reader: Reader, key: str) -> str:
    """Have the file of a button made; where it lies."""
    asked = BackMsg()
    request = asked.backend_operation_request
    request.request_id, request.session_id = uuid.uuid4().hex, reader.session
    request.deferred_file.file_id = reader.widget(key).deferred_file_id
    await reader.send(asked)
    while (message := await reader.hear()).WhichOneof("type") != "backend_operation_response":
        pass
    told = message.backend_operation_response
    if told.error_msg:
        raise NoAnswerError(told.error_msg)
    return str(told.deferred_file.url)
