from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class RenewalRequest(_message.Message):
    __slots__ = ("node_id", "user_key", "page_request_pem")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    USER_KEY_FIELD_NUMBER: _ClassVar[int]
    PAGE_REQUEST_PEM_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    user_key: str
    page_request_pem: str
    def __init__(self, node_id: _Optional[str] = ..., user_key: _Optional[str] = ..., page_request_pem: _Optional[str] = ...) -> None: ...

class RenewalReply(_message.Message):
    __slots__ = ("refused", "user_jwt", "page_certificate_pem", "link_authority_pem", "page_authority_pem")
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    USER_JWT_FIELD_NUMBER: _ClassVar[int]
    PAGE_CERTIFICATE_PEM_FIELD_NUMBER: _ClassVar[int]
    LINK_AUTHORITY_PEM_FIELD_NUMBER: _ClassVar[int]
    PAGE_AUTHORITY_PEM_FIELD_NUMBER: _ClassVar[int]
    refused: str
    user_jwt: str
    page_certificate_pem: str
    link_authority_pem: str
    page_authority_pem: str
    def __init__(self, refused: _Optional[str] = ..., user_jwt: _Optional[str] = ..., page_certificate_pem: _Optional[str] = ..., link_authority_pem: _Optional[str] = ..., page_authority_pem: _Optional[str] = ...) -> None: ...
