"""Refusals that every door can give, whatever the room."""

from app.core.errors import Refusal
from app.core.text import Text

NOT_IN_STATE = "not_in_state"
REASONS = {NOT_IN_STATE: Text("trạng thái hiện tại chưa cho phép", "not open in the state it is in")}
"""Why an action is not open, beside the reasons of authority."""

REQUEST_MALFORMED = Refusal(
    "request_malformed",
    400,
    Text("Yêu cầu không đọc được", "The request cannot be read"),
    Text("Nội dung gửi lên không đúng dạng: {why}.", "What was sent is malformed: {why}."),
)
PARAMETER_UNKNOWN = Refusal(
    "parameter_unknown",
    400,
    Text("Tham số không có", "Unknown parameter"),
    Text(
        "Không có tham số {names}; các tham số nhận được: {open}.",
        "There is no parameter {names}; accepted are: {open}.",
    ),
)
PARAMETER_MISSING = Refusal(
    "parameter_missing",
    400,
    Text("Thiếu tham số", "A parameter is missing"),
    Text("Cần tham số {names}.", "The parameter {names} is needed."),
)
VALUE_INVALID = Refusal(
    "value_invalid",
    400,
    Text("Giá trị không hợp lệ", "Invalid value"),
    Text(
        "Giá trị của {name} không hợp lệ; cần {expected}.",
        "The value of {name} is invalid; expected {expected}.",
    ),
)
INPUT_INVALID = Refusal(
    "input_invalid",
    422,
    Text("Dữ liệu chưa hợp lệ", "The input is invalid"),
    Text("Có {count} chỗ cần sửa; xem errors.", "{count} places need mending; see errors."),
)
CURSOR_INVALID = Refusal(
    "cursor_invalid",
    400,
    Text("Con trỏ trang không hợp lệ", "Invalid cursor"),
    Text(
        "Con trỏ không thuộc danh sách, bộ lọc và thứ tự này; hãy đọc lại từ trang đầu.",
        "The cursor does not belong to this list, filter and order; read again from the first page.",
    ),
)
TOKEN_MISSING = Refusal(
    "token_missing",
    401,
    Text("Chưa đăng nhập", "Not signed in"),
    Text(
        "Cần tiêu đề Authorization: Bearer <mã truy cập>.",
        "The header Authorization: Bearer <token> is needed.",
    ),
)
TOKEN_INVALID = Refusal(
    "token_invalid",
    401,
    Text("Mã truy cập không dùng được", "The token cannot be used"),
    Text("Mã truy cập sai, hết hạn hoặc đã thu hồi.", "The token is wrong, expired or revoked."),
)
NOT_ALLOWED = Refusal(
    "not_allowed",
    403,
    Text("Không có thẩm quyền", "No competence"),
    Text(
        "Không dùng được quyền {power} đối với việc này: {why}.",
        "The power {power} cannot be used on this: {why}.",
    ),
)
NOT_FOUND = Refusal(
    "not_found",
    404,
    Text("Không tìm thấy", "Not found"),
    Text(
        "Không có đối tượng này, hoặc nó nằm ngoài phạm vi được xem.",
        "There is no such thing, or it lies outside what may be seen.",
    ),
)
METHOD_NOT_ALLOWED = Refusal(
    "method_not_allowed",
    405,
    Text("Phương thức không dùng được ở đây", "Method not allowed"),
    Text("Địa chỉ này nhận: {open}.", "This address takes: {open}."),
)
VERSION_STALE = Refusal(
    "version_stale",
    412,
    Text("Bản đang sửa đã cũ", "The version is stale"),
    Text(
        "Bản hiện tại là {current}, yêu cầu dựa trên bản {expected}; hãy đọc lại rồi sửa.",
        "The current version is {current}, the request rests on {expected}; read again, then change.",
    ),
)
VERSION_MISSING = Refusal(
    "version_missing",
    428,
    Text("Thiếu điều kiện phiên bản", "The version condition is missing"),
    Text(
        'Cần If-Match: "<phiên bản>" (GraphQL: expectedVersion).',
        'If-Match: "<version>" is needed (GraphQL: expectedVersion).',
    ),
)
TOO_LARGE = Refusal(
    "too_large",
    413,
    Text("Nội dung quá lớn", "The content is too large"),
    Text("Nhận tối đa {limit}.", "At most {limit} are taken."),
)
MEDIA_TYPE_UNSUPPORTED = Refusal(
    "media_type_unsupported",
    415,
    Text("Kiểu nội dung không nhận", "Unsupported media type"),
    Text("Cần Content-Type: {expected}.", "Content-Type must be {expected}."),
)
NOT_ACCEPTABLE = Refusal(
    "not_acceptable",
    406,
    Text("Không có dạng trả lời được yêu cầu", "No acceptable media type"),
    Text("Trả lời được ở dạng: {open}.", "Answers are given as: {open}."),
)
CONSTRAINT_BROKEN = Refusal(
    "constraint_broken",
    409,
    Text("Trái ràng buộc dữ liệu", "A constraint stands in the way"),
    Text(
        "Ràng buộc {name} không cho phép thay đổi này.", "The constraint {name} does not allow this change."
    ),
)
REFERENCE_UNKNOWN = Refusal(
    "reference_unknown",
    422,
    Text("Tham chiếu không tồn tại", "Unknown reference"),
    Text(
        "{name} trỏ tới đối tượng không có hoặc không được xem.",
        "{name} points to a thing that is not there or may not be seen.",
    ),
)
SECRET_REFUSED = Refusal(
    "secret_refused",
    422,
    Text("Tài liệu mang dấu mật không được đưa lên hệ thống", "Secret-marked material is refused"),
    Text(
        "Phát hiện dấu chỉ độ mật tại {where}. Không lưu nội dung nào; hãy xử lý theo Luật Bảo vệ bí mật nhà nước.",
        "A secrecy marking was found at {where}. Nothing was kept; handle it under the Law on State Secrets.",
    ),
)
IDEMPOTENCY_KEY_MISSING = Refusal(
    "idempotency_key_missing",
    428,
    Text("Thiếu Idempotency-Key", "Idempotency-Key is missing"),
    Text(
        "Tài khoản dịch vụ phải gửi Idempotency-Key với mỗi thay đổi.",
        "A service account sends an Idempotency-Key with every change.",
    ),
)
IDEMPOTENCY_KEY_REUSED = Refusal(
    "idempotency_key_reused",
    422,
    Text("Idempotency-Key đã dùng cho yêu cầu khác", "The Idempotency-Key was used for another request"),
    Text(
        "Khóa này đã gắn với nội dung khác; hãy dùng khóa mới.",
        "This key belongs to another content; use a new one.",
    ),
)
IDEMPOTENCY_IN_PROGRESS = Refusal(
    "idempotency_in_progress",
    409,
    Text("Yêu cầu cùng khóa đang được xử lý", "A request with this key is under way"),
    Text("Hãy thử lại sau giây lát với cùng khóa.", "Try again in a moment with the same key."),
)
RATE_LIMITED = Refusal(
    "rate_limited",
    429,
    Text("Gửi quá nhanh", "Too many requests"),
    Text(
        "Đã hết hạn mức; thử lại sau {seconds} giây.",
        "The allowance is used up; try again in {seconds} seconds.",
    ),
)
NOT_READY = Refusal(
    "not_ready",
    503,
    Text("Dịch vụ tạm thời chưa sẵn sàng", "The service is not ready"),
    Text(
        "Cơ sở dữ liệu chưa trả lời; không có gì bị thay đổi.",
        "The database does not answer; nothing was changed.",
    ),
)
INTERNAL = Refusal(
    "internal",
    500,
    Text("Lỗi của dịch vụ", "An error of the service"),
    Text("Không có gì được lưu. Mã tra cứu: {trace}.", "Nothing was stored. Reference: {trace}."),
)
QUERY_TOO_COSTLY = Refusal(
    "query_too_costly",
    400,
    Text("Truy vấn quá giới hạn", "The query exceeds a limit"),
    Text("{what}: {seen}, cho phép {limit}.", "{what}: {seen}, allowed {limit}."),
)
QUERY_INVALID = Refusal(
    "query_invalid",
    400,
    Text("Truy vấn GraphQL không hợp lệ", "The GraphQL query is invalid"),
    Text("{why}", "{why}"),
)
DEMO_ONLY = Refusal(
    "demo_only",
    409,
    Text("Chỉ dùng được ở chế độ trình diễn", "Available in the demo only"),
    Text("Cơ sở dữ liệu này không phải là bản trình diễn.", "This database is not a demo."),
)
DATABASE_NOT_EMPTY = Refusal(
    "database_not_empty",
    409,
    Text("Cơ sở dữ liệu đã có dữ liệu", "The database already holds data"),
    Text(
        "Dữ liệu trình diễn chỉ nạp vào cơ sở dữ liệu trống.",
        "Demo data is loaded only into an empty database.",
    ),
)

REFUSALS = tuple(one for one in list(globals().values()) if isinstance(one, Refusal))
