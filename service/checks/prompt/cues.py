"""The turns of phrase that announce a part of a prompt, as tables.

One cue a line, and a line that begins with "|" goes on the one before. A space stands for any white space, @NAME for a
list of words; the piece of the prompt begins at the group "it" where a cue has one. Without marks the same cues are
read with theirs taken off.
"""

from __future__ import annotations

from service.text import fold

UNDATED = r"(?<!ngày )(?<!tháng )(?<!năm )(?<!quý )(?<!/)(?<!\d-\d\d-)(?<!\d-\d-)"
"""Before a number that counts something and belongs to no date."""

WORDS = {
    "@COUNTED": "@LONG|tiếng|chữ|dòng|câu|ý|trang|gạch đầu dòng|đoạn|mục|phần|cột|bước|điểm|phút|lựa chọn|slide|khổ|vế"
    "|đầu mục|bài học|phương án|ví dụ|dẫn chứng|khẩu hiệu|tiêu đề|chỉ tiêu|rủi ro|giải pháp|câu hỏi|lý do|cách"
    "|tình huống"
    "|kịch bản|mốc|cấp|hàng|ô|đề mục|thẻ|trường hợp|tiêu chí|việc",
    "@MAKE": "viết|soạn|lập|tóm tắt|dự thảo|rà soát|đối chiếu|liệt kê|tổng hợp|chuyển|so sánh|trả lời|hướng dẫn"
    "|giải thích",
    "@MADE": "liệt kê|gợi ý|cho|nghĩ|đề xuất|nêu|đặt|ra|viết|soạn|tạo|kể|chỉ ra|đưa ra|rút ra|lập|thêm|làm|xây dựng|vẽ"
    "|thiết kế|chọn|trả lời|giúp|chia|gồm|có|dài|bằng|trong|thành|còn",
    "@LONG": "từ(?! ((các|những|mấy) |(một |hai |ba |[0-9]+ )?(@PAPER|ngày|nguồn|cuộc)))",
    "@FEW": rf"{UNDATED}[0-9]+|một|hai|ba|bốn"
    "|năm(?! [0-9])|sáu|bảy|tám|chín|mười|vài|dăm|nửa",
    "@PAPER": "văn bản|công văn|tài liệu|báo cáo|nghị quyết|quyết định|kế hoạch|thông báo|tờ trình|biên bản|quy chế"
    "|quy trình|dự thảo|phụ lục|bảng|số liệu|ghi chép|phiếu|đơn|hợp đồng|danh sách|danh mục|bản tin|thông tin|hồ sơ"
    "|tệp|file|thư|sổ|nhật ký|sơ đồ|bản ghi|ghi âm|email|tin nhắn|thư mục|lịch|bản đồ|ảnh|đoạn|nội dung|kết luận"
    "|dự toán"
    "|chỉ thị|nghị định|thông tư|luật|bài|các số|số tiền|câu|mẫu|giấy|tờ|lời trình bày|trích lục|hóa đơn|chứng từ"
    "|dữ liệu",
    "@VERB": "soạn|dự thảo|thảo|viết|tóm tắt|tóm lược|tóm|rà soát|soát|đối chiếu|trích|liệt kê|lập|tổng hợp|phân tích"
    "|so sánh|so|chuyển|dịch|sửa|chỉnh|kiểm tra|kiểm|check|trả lời|giải thích|diễn giải|diễn đạt|phân loại|xây dựng"
    "|đề xuất|xác định|tìm|rút|tạo|che|ẩn danh|thay|đánh giá|nhận xét|tham mưu|làm|biên tập|chuẩn bị|hoàn thiện|gợi ý"
    "|hướng dẫn|nêu|kể|xem|chỉ ra|chỉ (em|tôi|mình|cho)|cho (tôi|em|mình|xin|biết|ý kiến|@FEW)|giúp|điền|sắp xếp|xếp"
    "|tính"
    "|cần (một|bài|bản|cái|mẫu)|lọc|gom|thiết kế|kẻ|chuẩn hóa|chuẩn hoá|đổi|đọc|vẽ|kê khai|kê|cắt|chia|ghép|gộp|đặt"
    "|nghĩ|ra @FEW"
    "|ra (đề|bài|câu)|thuyết phục|chấm|cho điểm|bình luận|phản biện|phản hồi|nhắc|mời|thông báo(?! (số|của|ngày|kèm"
    "|này))|trình bày lại|nói(?! (tự nhiên|thẳng|thật|rõ|không|năng))|kiểm đếm"
    "|đếm|thống kê|ước tính|dự báo|dự kiến|phỏng vấn|hỏi|đóng góp|góp ý|bổ sung|mở rộng|rút gọn|rút ngắn|lược|cô đọng"
    "|tách|bóc|nhặt|lấy|gạch|bôi|đánh dấu|đánh số|phác|phác thảo|lên (thực đơn|kế hoạch|khung|dàn|lịch|danh|kịch"
    "|chương)|dựng"
    "|minh họa|mô tả|miêu tả|thuật|tường thuật|kết luận(?! (số|của|ngày|thanh))|giới thiệu|quảng bá|tuyên truyền"
    "|vận động|động viên|cảm ơn|chúc"
    "|khuyên|tư vấn|đề nghị|kiến nghị|phân công|phân chia|giao|bố trí|gán|ghi|nhập(?! vai)|thu gọn|làm gọn|chế|biến"
    "|phát hiện"
    "|dò|tra|tra cứu|truy|nhận diện|phân biệt|định nghĩa|khái quát|hệ thống|trau chuốt|gọt|uốn|thêm|bỏ|xóa|loại|giải"
    "|xử lý"
    "|thẩm định|kiểm chứng|xác minh|hoàn chỉnh|hiệu đính|hiệu chỉnh|đề ra|hoạch định|chọn|quy đổi|cộng|nối|khớp|map"
    "|list"
    "|bàn|lý giải|làm rõ|chứng minh|lập luận|tập hợp|thu thập|phiên|chép|đánh máy|gõ|dàn|trang trí|sáng tác|chế tác"
    "|cập nhật",
    "@HEAD": r"\A[\s*+>0-9.)–-]{0,9}|(?<=, )|(?<=: )|(?<=; )|(?<=\) )|(?<= và )|(?<= cần )|(?<= nhờ )|(?<= hãy )"
    "|(?<= rồi )"
    "|(?<= giúp )|(?<= muốn )|(?<= thử )|(?<= giùm )|(?<= hộ )|(?<= để mà )|(?<= trên )|(?<= dưới )|(?<= đây )"
    "|(?<= theo )|(?<= kèm )",
    "@ASK": "hãy|xin|vui lòng|đề nghị|yêu cầu|giúp|giùm|dùm|hộ|nhờ|cần|muốn|bạn|máy|anh|chị|em|ơi|tôi|mình|nhiệm vụ là"
    "|thử|cứ|giờ|bây giờ|mau|phiền|làm ơn|chúng tôi|đi|tiếp theo|sau đó|trước hết|đầu tiên|rồi|kính|ai|này|nhé|nè|với"
    "|việc của (bạn|anh|chị|em|máy) là|xin hãy|được không|có thể|thì|dựa vào đó|từ đó|trên cơ sở đó|căn cứ đó",
    "@BODY": "ubnd|hđnd|xã|phường|tỉnh|huyện|sở|phòng|cơ quan|đơn vị|thôn|trường|văn phòng|chủ tịch|lãnh đạo"
    "|(?<!văn )(?<!biên )bản|ấp|xóm"
    "|khu phố|tổ dân phố|tổ|trạm|hội|đoàn|ban|bên|chi bộ|chi đoàn|hợp tác xã|đội|buôn|làng|trung tâm|công ty|quận"
    "|bệnh viện"
    "|công an|mặt trận|đảng ủy|chi cục|chi nhánh|thị trấn|nhà trường|địa phương|khối|cụm|khu",
    "@PEOPLE": "bà con|người (dân|cao tuổi|già|khuyết tật|đọc|nghe|mới|lớn|bệnh|nghèo|chưa|không|yếu|ít|nước|trẻ|lao"
    "|dùng|đi"
    "|có|thân|bán|mua|nộp|làm)|nhân dân|dân|các cụ|cụ|học sinh|học viên|sinh viên|thanh niên|đoàn viên|phụ huynh"
    "|cha mẹ|phụ nữ"
    "|chị em|hội viên|đảng viên|khách|du khách|mẹ|trẻ|thiếu nhi|các cháu|cháu|cử tri|nông dân|ngư dân|công nhân"
    "|viên chức"
    "|hộ|nhà hảo tâm|doanh nghiệp|tiểu thương|đồng bào|đội|hàng xóm|đại biểu|các (phòng|thôn|đơn vị|hộ|xã|tổ|trường)"
    "|cả (xã|thôn|làng|phường|lớp|trường|nước)|toàn (dân|xã|thôn)|cán bộ (mới|trẻ|thôn|xã|hưu|già|không)|ông (chủ"
    "|bà)|bà mẹ"
    "|thầy cô|giáo viên|bạn đọc|chúng nó|anh em|gia đình|xã viên|bệnh nhân|chủ (hộ|nhà|rừng|tàu|xe)",
    "@STATE": "đang|vừa|mới|sắp|đã|bị|được|chưa|hay|thường|phải|cần|muốn|có|là|còn|nói|hỏi|giục|yêu cầu|phản ánh"
    "|than|kêu"
    "|không|chuẩn bị|nhận|họp|nằm|thuộc|gồm|toàn|xin|thiếu|nhiều|ít|mất|hết|khó|cách|giao|bảo|dặn|tổ chức|xảy ra|đón"
    "|thích"
    "|xuống|về|lên|đến|đi|làm|ở|cũng|sẽ|đều|bỏ|quen|hỏng|dột|ngập|tăng|giảm|định|mong|chờ|sống|đông|vắng|xa|gần|từng"
    "|rất",
    "@WHO": "ubnd|hđnd|xã|phường|tỉnh|huyện|quận|sở|phòng|cơ quan|đơn vị|thôn|trường|văn phòng|chủ tịch|lãnh đạo|bản"
    "|ấp"
    "|xóm|khu phố|tổ|trạm|hội|đoàn|ban|bên|chi bộ|hợp tác xã|buôn|làng|trung tâm|công ty|ông|bà|bác|cô|chú|tôi|mình"
    "|em|ta"
    "|chúng tôi|chúng ta|chúng em|dân|bà con|người|cán bộ|học sinh|khách|hộ|thanh tra|báo|tin|sếp|nhà|địa phương"
    "|trụ sở"
    "|chủ|cử tri|hàng|nhiều|một số|các|mấy|những|cuộc|buổi|hội nghị|đợt|việc|sự|tình|đường|chợ|mùa|nước|mưa|bão|lũ"
    "|dịch|vụ|thời|tối|sáng|chiều|trưa|mai|hôm|tuần|tháng|năm|quý|ngày|sắp|vừa|hiện|lâu|gần đây|trước|sau|vì|do|nhân"
    "|dịp|nay"
    "|công an|mặt trận|đảng ủy|thị trấn|cấp trên|trên|dưới|đội|khu|cụm|máy|mạng|đây|ở|tại|trong|phụ huynh|giáo viên"
    "|thầy"
    "|đơn của|thư của|vấn đề|nội bộ|đoàn viên|chị em|anh em|mọi|hầu hết|đa số|phần lớn|kinh phí|ngân sách|xe|điện"
    "|loa|rừng|biển",
    "@ITEM": "chỗ|phần|mục|việc|thông tin|số liệu|căn cứ|đơn|con số|điểm|ý|nội dung|chi tiết|khoản|điều|câu|số|tên"
    "|dòng|hạn"
    "|trường hợp|nhận xét|kết luận|giả định|giả thiết|chữ|từ|ô|cột|địa chỉ|nguồn|hộ|dữ liệu",
    "@INVENT": "tự (nghĩ|bịa|chế|thêm|điền|cho|đoán|ước|bổ sung|sáng tác|đưa|tạo|suy đoán)|bịa|phịa|đoán|suy đoán",
    "@FIGURES": "(số liệu|con số|các số|dữ liệu|thông tin|ngày tháng|ngày giờ|căn cứ|số tiền|kinh phí|chi tiết)",
    "@AS_FACT": r"\b(?![^.;]*(\[|hư cấu|giả (định|tưởng)|minh họa|ví dụ|đánh dấu|ghi rõ|in nghiêng|\?))[^,;.]*",
    "@WAIVED": "(kiểm tra|rà soát)|tự (kiểm|rà|soát)|định dạng|bố cục|thể thức|khuôn|mẫu|cấu trúc|trình bày|bảng"
    "|(lập|kẻ) bảng|giữ|chép (nguyên|đúng|y)|nguyên văn|đúng (số|ngày|tên|mẫu)|chính xác|trung thực|(trích )?dẫn"
    "|trích nguồn|nguồn|căn cứ|(đóng|nhập) vai|vai|dùng @PAPER|dựa|bám|ràng buộc|độ dài|bối cảnh",
    "@JOB": "chuyên (viên|gia)|cán bộ|công chức|viên chức|thư ký|kế toán|văn thư|luật sư|nhà báo|phóng viên|biên tập"
    "|giáo viên"
    "|hiệu trưởng|bác sĩ|y tá|y sĩ|trưởng|phó|chủ tịch|chánh|giám đốc|trợ lý|tư vấn|hòa giải|kiểm toán|thanh tra"
    "|điều phối"
    "|tổng đài|hướng dẫn viên|thầy|cô|người|nhà|nhân viên|giảng viên|phát ngôn|thủ quỹ|lãnh đạo|công an|bí thư"
    "|đại biểu|kỹ sư"
    "|thủ thư|điều tra|phiên dịch|biên dịch|mc|dẫn chương|đạo diễn|nông dân|khách|dân|phụ huynh|học sinh|cử tri"
    "|thành viên|chỉ huy"
    "|một|tuyên truyền|tham mưu|kiểm|soạn|lập|quản|bảo vệ|kỹ thuật|lễ tân|tiếp dân|trọng tài|giám khảo|cố vấn"
    "|đồng nghiệp|máy",
}
_DOUBT = (
    r"(nghi( ngờ)?|ngờ|(không|chưa|chẳng) (thật )?(chắc|rõ ràng|kiểm chứng|xác minh|khớp)|phân vân|lưỡng lự"
    r"|băn khoăn|còn ngờ"
    r"|tự (nghĩ|bịa|thêm|suy|đoán)|(có thể|dễ) (sai|nhầm|gây|bị hiểu|thiếu|lệch)|mức (độ )?(chắc|tin)|độ (tin|chắc)"
    r"|(cần|phải|nên|chờ) (được )?(xác minh|kiểm chứng|kiểm tra|đối chiếu|hỏi lại|xem lại|rà|soát|bổ sung|làm rõ|xem"
    r"|thẩm tra)"
    r"|suy (đoán|diễn|ra)|phỏng đoán|không có (trong )?(nguồn|căn cứ|tài liệu)|còn (thiếu|yếu|mờ|vướng|sót)"
    r"|chưa (rõ|đủ|có căn|thống)|không (rõ|có căn|tin)|sơ hở|mâu thuẫn)"
)
CUES = {
    "invention": r"""
        (\A\W{0,6}|(?<=, )|(?<=; )|(?<=: ))((và|rồi|thì|cứ|hãy|ai|máy|bạn|em|được|được phép|có thể|nếu (cần|thiếu)
            |còn thiếu thì) )*@INVENT( (ra|thêm|vào|đại|bừa|cho|ý|vài|một|số|các|những|mấy|ít)){0,3} @FIGURES@AS_FACT
        \b(nếu )?((@ITEM|thôn|đơn vị|phòng) (nào )?)?(còn )?(thiếu|chưa có|không có|không rõ|chưa rõ|không thấy
            |chưa nộp)( \w+){0,3}?,? (thì|cứ|hãy|máy|bạn|em) ((cứ|hãy|máy|bạn|em|có thể
            |được|được phép) )*@INVENT@AS_FACT
        """,
    "waived": r"""
        \b(không|khỏi|chẳng|chưa|miễn) (cần|bắt buộc|nhất thiết)( (phải|có|theo|nêu|ghi|viết|làm|là))* @WAIVED\b@REST
        (?<!nếu )\b(không|chẳng|khỏi|miễn|đừng) (cần |phải |được |nên |việc gì )*(tự )?(kiểm tra|kiểm|rà soát|rà|soát
            |đối chiếu|đọc|xem|đếm|dò)( \w+){0,2}? (lại|gì|nữa)\b@REST
        \A\W*(không|chưa|khỏi)( có| cần| yêu cầu| bắt buộc)*( gì| nào)?( cả| hết)?\W*\Z
        """.replace("@REST", r"[^,;.:]*?(?= (và|nhưng|mà|chỉ)\b|[,;.:]|$)"),
    "self_check": r"""
        \b((kiểm tra|rà soát|rà|soát|đối chiếu|đọc|đếm|xem|kiểm|dò|tính|cộng|so|nhìn|duyệt) (lại|kỹ lại|lần (nữa|cuối
            |chót))|(kiểm tra|rà soát|rà|soát) thêm)\b
        \b(rà|soát|đọc|xem|kiểm tra|kiểm) (\w+ ){0,3}?(một lượt|lần nữa|lượt nữa|lần cuối|hai lần|lần hai)
        (?<!không )(?<!đừng )\btự (?!@PAPER\b)(kiểm|rà|soát|đánh giá|chấm|phản biện|xem|đọc|cho biết|giải|đối chiếu|sửa
            |hỏi|nhận|dò|cộng|so|đếm|thẩm|chỉ ra|nêu|tìm)
        \b(trước khi|xong( xuôi)?( thì)?|viết xong|làm xong|soạn xong|cuối (bài|cùng|bảng|danh mục|văn bản|bản|thư)
            |sau cùng|kết thúc|rồi|sau đó)( \w+){0,6}?,? (hãy |tự |thì |bạn |máy |anh |chị |em )?(kiểm|rà|soát
            |đối chiếu|dò|đọc (lại|kỹ)|đếm lại|xem (lại|có)|cộng)
        \b(liệt kê|nêu|ghi|đánh dấu|chỉ ra|gạch (chân|dưới)|bôi|báo|tách|để riêng|cho biết|kèm|danh (mục|sách)|kê
            |in đậm|tô|chú thích|lưu ý)( \w+){0,7}? @DOUBT(?! (thì|ghi))
        \b@DOUBT( \w+){0,3}? (thì|để|phải|hãy|xin|cần)( \w+){0,3}? (liệt kê|đánh dấu|để riêng|riêng|hỏi lại|gạch|báo
            |tách|ghi chú|chỉ ra|bôi|tô|nêu)
        \b@ITEM nào [^,.;]{0,30}?thì (\w+ ){0,2}?(liệt kê|đánh dấu|gạch|để riêng|tách|bôi|ghi riêng|hỏi lại|báo riêng
            |chỉ ra)
        \b(ghi chú|đánh dấu|chỉ ra|gạch chân) [^,.;]{0,20}?nào (thiếu|chưa|không|sai)
        \bđể (tôi|em|mình|anh|chị|chúng tôi|người duyệt) (\w+ )?(kiểm tra|đối chiếu|xác minh|rà|soát|hỏi lại|xem lại
            |dò|kiểm)
        \bkẻo (sót|nhầm|sai|thiếu)
        \b(bảo đảm|đảm bảo|chắc chắn) (\w+ ){0,4}?(khớp|đúng với|không sót|không sai)\b
        """.replace("@DOUBT", _DOUBT),
    "role": r"""
        \bai (hãy |sẽ |thử |giờ )*(là|làm) (một )?(?=@JOB)(?!người (ký|duyệt|làm|nhận|chịu|chủ|phụ|có))
        \b(bạn|máy|mày) (hãy |đang |sẽ |thử |cứ |bây giờ |giờ |chính |vốn |lúc này |nay )*(là|làm)\b(?! (giúp|ơn
            |cho|gì|ai|sao|thế|bài|báo|rõ|lại|thơ|được|xong)\b)
        (\A|(?<=: )|(?<=, )|(?<=, coi như )|(?<=coi )|(?<=xem ))(anh|chị|bác|cô) ((hãy|đang|sẽ|thử|cứ
            |bây giờ|giờ) )*(là|làm) (?=@JOB)
        \b(đóng|nhập|vào|trong|sắm|thủ|nhận|giữ|thế) vai\b
        \b(thử|cứ|hãy) (là|làm) (?=@JOB)
        \b(em|anh|chị) (là|làm) (trợ lý|tổng đài|máy|chatbot|công cụ)
        \b(giả (sử|làm|định|bộ|vờ)|tưởng tượng|hình dung|coi như|xem như|cho rằng) (bạn|máy|mình|anh|chị|em|mày|đang
            |là|làm)?\b
        \bgiả làm\b
        \bhãy (là|làm|hành động như|xử sự như|nghĩ như|trả lời như|viết như|nói như)\b(?= (@JOB|một)|$)
        (\A|(?<=: ))(hãy )?(làm|là) (một )?(?=@JOB)(?!người (đọc|nghe|dân thì)|nhà (nước|văn))
        \b(với|trên|ở|đứng ở|dưới|trong|từ)( \w+)? (vai trò|tư cách|cương vị|vị trí|vai|danh nghĩa|góc nhìn|góc độ
            |giác độ)\b
        \b(vai trò|vai) (của (bạn|máy|anh|chị|em)|là|làm)\b
        \bnhư (một|thể (bạn|anh|chị) là|cách một) (@JOB|văn)
        \bdưới góc (độ|nhìn)\b
        \bnhân danh\b
        \bthay (mặt|lời) (?!tôi)
        \b(act as|you are|pretend)\b
        """,
    "constraints": r"""
        \bkhông (được |tự |nên |cần |phải |ai )*(thêm|bịa|suy|bổ sung|dùng|nêu|tự|lấy|gộp|hô|dọa|kết luận|đoán|viết
            |đưa|sử dụng)\b
        \bkhông (được |tự |nên |cần )*(chép|lặp|thay|sửa|bỏ|cộng|đọc|tiết lộ|nhắc|gán|có (lỗi|từ|"))
        (\A|(?<=, )|(?<=; )|(?<=: )|(?<= và )|(?<= nhưng )|(?<= mà )|(?<= song )|(?<= – ))(\W|(nhớ
            |lưu ý|xin|phải|là|tuyệt đối|cũng|nhất thiết|vẫn|có điều|chú ý) )*(không
            |đừng|chớ|khỏi|miễn|cấm|hạn chế|kiêng)\b(?! (quá|vượt|dưới|ít hơn|nhiều hơn|biết|hiểu|có (ai|gì)
            |thì|dài quá|còn))
        \b(đừng|chớ|tránh|tuyệt đối|bắt buộc|nhất thiết|miễn là|cấm)\b
        \bchỉ (nêu|ghi|viết|lấy|chọn|nói|tính|trả lời|kể|dịch|sửa|giữ|liệt kê|dùng (từ|chữ|tiếng|câu|số liệu đã)|xét
            |gồm|khi|trong)\b
        \b(giữ|chép|để|bảo toàn|lấy) (y |cho )?(nguyên|đúng|y|lại (các )?(số|tên|ngày)|trọn|số|ngày|tên|các số|mọi)\b
        \b(nguyên văn|nguyên xi|y nguyên|chính xác từng|đúng từng|từng chữ|y hệt)\b
        \bnếu (\w+ ){0,3}?(thiếu|không|chưa|phát hiện|hết|mất|mâu)\b
        \b(thiếu|chưa có|không rõ|không có|không thấy|chưa thấy|chưa rõ)( \w+){0,3}? (thì|phải|là)\b
        \b(thiếu|chưa có|không rõ|không có|không thấy) (ghi|để|bỏ)\b
        \[cần bổ sung
        \b@ITEM nào (\w+ ){0,6}?(thì|ghi|để)\b
        \bthì (ghi|gộp|bỏ|để|điền|giữ|nói|báo|hỏi|thôi)\b
        \b(văn phong|giọng|lời (lẽ|văn|dẫn|đơn giản|giản dị|ngắn|chân|nhẹ|ấm|mộc)|phong cách|câu (ngắn|chữ)|ngắn gọn
            |trang trọng|khách quan|ngôn ngữ|lối viết|lịch sự|lễ phép|kính ngữ|khẩn trương|dứt khoát|gần gũi
            |nói tự nhiên|dễ (hiểu|nghe|đọc|nhớ|thuộc)|xưng|nhẹ nhàng|thân (thiện|mật|tình)|ấm áp|chân (tình|thành
            |chất)|nhã nhặn|nghiêm (túc|khắc)|trung (lập|thực)|súc tích|cô đọng|mạch lạc|rõ ràng|nói thẳng|thẳng thắn
            |có lý|có tình|cảm động|hài hước|hóm hỉnh|vui (vẻ|tươi)|tích cực|mộc mạc|tế nhị|mềm mỏng|khiêm tốn
            |bình tĩnh|kiên quyết|tôn trọng|cởi mở|chặt chẽ|công bằng|điềm đạm|thuyết phục hơn|đơn giản|bình dân
            |đời thường|thiết thực)\b
        \b(cho|thật|viết|nói|nghe|càng) (gọn|ngắn|rõ|dễ|mềm|trang|lịch|tự nhiên|sáng|khéo|thân|ấm|mượt|chặt|súc
            |đơn giản|cụ thể)( hơn| vào|$|\b)
        \b(cho|viết|nói|nghe|càng) (đúng|chuẩn)\b
        \b(có |ghi rõ |kèm )?(trích dẫn|dẫn nguồn|trích nguồn|nguồn trích)\b
        \b(ghi|nêu|dẫn|chỉ|kèm|theo) (?P<it>(rõ )?)(nguồn|điều|khoản|số điều|trang nào|căn cứ)\b
        \b(có vần|làm tròn|thuật ngữ|chính tả|số nguyên|đúng chức danh|đúng tên)\b
        \bphải (trích|dẫn|ghi|nêu|có|đúng|dùng|giữ|rõ|nói|để)\b
        \b(bỏ|cắt|lược|tránh) (hết )?(lời khen|phần khen|câu sáo|lời sáo|từ sáo|chữ sáo|hình ảnh|phần thừa|ý thừa
            |chỗ lặp)
        \bkhông (giật gân|suy đoán|suy diễn|quy kết|đổ lỗi|hứa|hoa mỹ|sáo|viết tắt|làm tròn|chọn|bình luận|nhận xét
            |phê|khen|chê|hù|tô|nói)\b
        \b(đầy đủ|trọn vẹn|không (bỏ )?sót|đủ ý|đủ các|để nguyên|giữ nguyên|nguyên vẹn|bảo mật|che tên|ẩn tên
            |giấu tên|viết tắt tên)\b
        \b(dùng|bằng) (từ|chữ|tiếng|lời|câu|ngôn ngữ) (\w+ )?(dễ|đơn|phổ thông|thuần|bình|ngắn|quen|địa phương|dân
            |mộc|giản|nhẹ)
        """,
    "format": r"""
        \b(không (vượt )?quá|tối đa|tối thiểu|ít nhất|nhiều nhất|dưới|khoảng|chừng|tầm|độ|cỡ|trong( vòng)?|dài|đúng
            |gói trong|vừa)( \w+)? @FEW( [-–] [0-9]+)? (@COUNTED|từ)\b(?! [0-9])
        \b(@MADE|tóm tắt|rút gọn) (?P<it>@FEW) từ\b
        \b@FEW (\w+ )?(@LONG|tiếng|chữ|dòng|câu|ý|trang|gạch đầu dòng|đoạn|mục|phần|cột|bước|lựa chọn|slide|khổ|vế
            |đầu mục|hàng)\b(?! (đến|tới|này|trên|đã|sau|dưới|đầu tiên (của|trong)|[0-9]))
        \b@MADE (giúp |hộ |thêm |ra |cho (tôi|em|mình) )*(?P<it>@FEW) (\w+ ){0,2}?@COUNTED\b(?! (\w+ )?(này|trên|dưới
            |sau đây|đã|đính|kèm))
        \b(phút|trang|dòng|câu) (đọc|thôi|là (đủ|vừa|cùng))
        \b[0-9]+ phút\b
        \bmỗi (ý|dòng|câu|việc|mục|phần|đoạn|bước|trang|đơn|phương án|tiêu chí|mốc)\b
        \bmỗi \w+( \w+)? (một|hai|[0-9]+|gồm|ghi|kèm|có) (\w+ )?@COUNTED\b
        \btừng (ý|mục|dòng|điểm|mốc|bước|phần|câu|cột|gạch)\b
        \b(thành|dạng|kẻ|kẽ|vẽ|bằng|xuất|theo|trong|lập) (?P<it>(một )?(cái |dạng |hình thức )?)(bảng|danh sách
            |danh mục|sơ đồ|ma trận|biểu đồ|lưu đồ|biểu mẫu|gạch đầu dòng|file|đề cương|hỏi đáp|đoạn văn|văn xuôi|thơ
            |hội thoại|dàn ý|email|tin nhắn|thư|bài (vè|thơ))\b(?! (giá|lương|kê|điểm|chi|chấm|thu|trên|dưới|kèm|đính
            |này|gửi|đã))
        \blập (?P<it>bảng)\b
        \bbảng (gồm|có|[0-9]+ (cột|tiêu chí|hàng|dòng|phần|mục)|[0-9]x[0-9]|hai|ba|bốn|năm|sáu|so sánh|đối chiếu
            |tổng hợp|phân công|theo|các cột|như|việc)\b
        \bbảng (\w+( \w+){0,3}( ?[–,/-] ?\w+( \w+){0,3}){2,})
        \b(các cột|bố cục|cấu trúc|định dạng|gạch đầu dòng|đánh số|số thứ tự|stt|trình bày|đầu ra|output|hình thức
            |độ dài|cột|dàn (bài|ý)|format)\b
        \b(sơ đồ|ma trận|lưu đồ|biểu đồ|infographic|văn xuôi|thơ|lục bát|vè|hỏi[ –-]đáp|markdown|json|csv|word|excel
            |html)\b(?! (dưới|kèm|này|trên|đính))
        \b(chia|xếp|sắp xếp|nhóm|gom|phân) (\w+ )?(theo|thành|làm)\b
        \bchia (\w+ )?(@FEW)\b
        \b(?P<it>(?<=nêu )rõ|kèm (cách|lý do|bước|ví dụ|số hiệu|ghi chú|đáp án|tên)|liệt kê từng|còn (một )?nửa
            |(mở đầu|mở bài|kết thúc|bắt đầu|kết) (bằng|là)|(khổ|giấy|trang) a4)\b
        \b(đúng|theo) (đúng )?(mẫu|thể thức|phụ lục|bố cục|cấu trúc|khuôn|thứ tự|trình tự|kiểu|khung)\b
        \bthể thức theo\b
        \btheo (nghị định( số)?|nđ) ?30\b
        \bghi rõ (trang|việc|ai|tên|hạn|số|ngày)\b
        \b(có|gồm|đủ) (tiêu đề|câu dẫn|đáp án|ghi chú|mở bài|phần|mục|đủ:|đủ (các )?(phần|mục)|kính gửi|quốc hiệu
            |chữ ký|nơi nhận|bảng|tên|lời (mở|kết|chào))
        \b(có đủ|bao gồm|gồm|cấu trúc)( các)?( phần| mục| cột)?:
        (?<=, )nêu (?=(\w+ ){0,3}?\w+, )
        \b(thành|theo) (các |từng )?(bước|dòng|mục|điểm|ý)\b
        \b(gồm|có|đủ|chia|bố cục|theo|thành) @FEW (phần|mục|cột|ý|đoạn|khối|chương|điều|dòng)\b
        \b@FEW (phần|mục|cột|ý|đoạn|gạch đầu dòng)\b
        \b(nửa|một|hai|1|2) (mặt )?(trang|tờ)\b
        \b(dài|ngắn) (đúng )?(bằng|hơn|gấp|nửa|không quá)\b
        \b(trong|dùng) (ngoặc|dấu ngoặc)\b
        \b(in (đậm|nghiêng|hoa)|chữ (to|đậm|hoa|in|nghiêng)|cỡ chữ|phông|font|lề|canh|xuống dòng|khung|viền)\b
        \b(mỗi|một|1) \w+( \w+)? (một|1) (dòng|câu|hàng|gạch|đoạn|ô|cột|mục|trang)\b
        \b(stt|số) ?[,–-] ?(số|ngày|tên|họ|nội dung|việc)\b
        \b(số từ|số chữ|số tiếng|số câu|số dòng)\b
        """,
    "data": r"""
        (\b(trong|từ|theo) )?(\b@PAPER( (?!từ|trong|theo|và|cho)\w+){0,5}? )?@ATTACHED
        \bchỉ (được )?(dùng|dựa|lấy|sử dụng|căn cứ)\b(?! (từ|chữ|tiếng|câu|hộ|một))
        \bsử dụng (duy nhất|đúng|các|số liệu|dữ liệu|thông tin|tài liệu)\b
        \b(dựa|căn cứ|bám)( duy nhất| hoàn toàn| chặt)? (trên|vào|theo|sát)\b
        \btheo (đúng )?(các |những )?@PAPER\b(?! (hóa|mẫu|này thì))
        \b(từ|trong|ngoài|với|lấy (từ|ở)) (\d+ |các |những |mấy |một |hai |ba |cuốn |tập |bản |quyển )?@PAPER (?!(nào
            |gì|đến|tới|chức|khóa|ấy)\b)
        \b(từ|ngoài) (\d+ |các |những |mấy |cuốn |tập |bản |quyển )?@PAPER(?=\W*\Z|[,;.:)])
        \btrong (các |những )?(tệp|file|thư mục|tài liệu|biên bản|báo cáo)
        \b(tệp|file|thư mục|ảnh (chụp|kèm|đính|dưới)|bản scan|bản chụp)\b
        \b(số liệu|dữ liệu|thông tin|nội dung|ghi chép|biên bản|danh sách|sự việc|chi tiết|tình hình|các ý|ý chính
            |tin)( chính)?( như sau| sau|:| lấy| gồm| là)
        \b(đây|sau đây|dưới đây|này) là (\w+ ){0,2}?@PAPER\b(?! (trình|để|phục vụ|gửi|dùng))
        \bnguồn( là|:)
        \b(thời gian|địa điểm|kinh phí|thành phần)( là| từ| lúc|:)? [0-9]
        \bđịa điểm\b
        \bhạn( \w+)?( là|:)
        \bsố [0-9]+/[\w-]+
        \{\{ ?\w+ ?\}\}
        """.replace(
        "@ATTACHED",
        r"(\bkèm (theo|đây|bên|trong|ở|dưới)\b(?! (cách|lý|số))|\b((gửi|đính|dán|up|tải) kèm|(dưới|sau|ngay) đây"
        r"|(bên|ở|phía|dán|chép|ghi|gỡ ở)"
        r" (bên )?(dưới|trên)|(dưới|sau|trên)(?= (thành|sang|ra|và|rồi|,|\)|:))|theo \w+( \w+)? (dưới|trên))\b"
        r"|\b(đã|tôi|mình|em|vừa|mới) (vừa )?(chọn|tải|cung cấp|dán|gửi|đưa|chép|up|đính|nhập|gõ|bôi)\b|\bđính kèm\b)",
    ),
    "task": r"""
        @HEAD(@ASK ){0,6}(?!(?<=, )nêu (\w+ ){0,3}?\w+, )@VERB\b
        (?<!người )(?<!cách )(?<!để )(?<!đã )(?<!được )(?<!bài )(?<!chữ )(?<!câu )\b@MAKE (?=(một|bản|bài|tin|lời|câu
            |cho|bà con|@PAPER)\b)
        \b\w+ (giúp|hộ|giùm|dùm) (tôi|mình|em|anh|chị|với|cái)\b
        """,
    "context": r"""
        \b(tôi|mình|em|chúng tôi|bọn em|bên tôi) (?!(vừa|mới|đã) (chọn|tải|gửi|dán|đưa|chép|up|đính|nhập|cung))(là
            |đang|vừa|sắp|phải|thuộc|bên|công tác|mới|làm ở|ở|phụ trách|cần gửi|cần trình|cần nộp|được giao|trực)\b
        \b@BODY (tôi|mình|em|ta|chúng tôi|chúng ta|nhà|bọn em)\b
        \b(phục vụ|người đọc|người nghe|độc giả|bạn đọc|dành cho|hướng tới|bối cảnh|nhân (dịp|ngày)|nhằm|tình hình là
            |hoàn cảnh là)\b
        \b(mục đích|đối tượng|lý do)( của (\w+ ){1,3})? là\b
        \bđể (\w+ ){0,3}?(gửi|trình|phát|đăng|treo|họp|kịp|phổ biến|tuyên truyền|chuẩn bị|lãnh đạo|bà con|dán|báo cáo
            |nộp|dân|chủ tịch|công bố|ký|xét|tập huấn|thảo luận|chào|tiếp|ban hành|lưu|in|bàn|dự)\b
        \bđể (cả|mọi|ai|cụ|người|các|bà|trẻ|dân|đọc (trước|trên|tại|ở|cho|trong)|kiểm tra cuối|nói trước|trưởng|các)\b
        \b((gửi|nộp|trình|báo cáo) (cho |tới |đến |lên |về )?|báo (cho |lên |về ))(các |toàn )?(@BODY|bộ|bà con
            |người dân|giám đốc|hộ|ủy ban|phụ huynh|cấp trên|cử tri|nhà hảo tâm|sếp|trên)\b
        \b(cho|tới|với|đến|trước|gửi|mời|tặng|nhắc|dặn|đọc cho|nói với) (các |những |toàn thể |tất cả |mọi )?@PEOPLE\b
        \b(hôm nay|(?<!gửi )(?<!dán )hôm qua|hiện nay|hiện tại|tuần (này|tới|sau|trước)|sáng mai|chiều (nay|mai)
            |ngày mai|sắp tới|vừa qua|tới đây|năm nay|tháng (này|tới|sau)|mai (là|phải|có|họp|nộp))\b
        \b(trước|sau|trong|vào|dịp|nhân|qua) (dịp |kỳ |mùa |ngày |đợt |cơn |buổi |lễ |cuộc )*(giờ|cuộc|kỳ|buổi|tết
            |mùa|lễ|hội|bão|lũ|đại hội|khai giảng|bầu cử|đợt|sáp nhập|trung thu)\b
        \btrình (\w+ ){1,5}(xem|duyệt|ký)\b
        (?<=, )(đang|vừa|mới|sắp|chưa|bị|thiếu|lại) (?!(thêm|xem|đọc|viết)\b)
        \bvì (?!sao|vậy|thế)
        \bdo (?!đó|vậy|thế|ai|đâu|sao)
        \b(treo|phát|đăng|dán|đọc|chiếu|niêm yết) (ở|tại|trên|lên|trước|bảng|loa|trong)\b(?! (dưới|trên|đây|này))
        \b(ở|của|thuộc|về|quanh) (\w+ )?@BODY (?=@PROPER)
        \bở (\w+ )?@BODY\b(?! (dưới|trên|này\b))
        \b(ubnd |trường \w+ \w+ |trường |hội \w+ )?(xã|phường|thôn|bản|ấp|xóm|buôn|làng|khu phố|thị trấn) (?=@PROPER)
        \bcho (buổi|cuộc|hội nghị|lễ|đợt|kỳ|ngày|đêm|phiên|dịp|chuyến)\b
        \b(buổi|hội nghị|lễ|ngày hội|đêm|hội thi|lễ hội|phiên) \w+( \w+){0,5} (của|ở|tại|do)\b
        \b(ở đây|vùng (cao|sâu|xa|lũ|biển|biên|ven|dân|núi)|biên giới|hải đảo|miền núi|ven biển|giục|khẩn cấp|gấp lắm
            |cần gấp|hạn (chót|nộp) (là|trước|vào)|trước [0-9]+ giờ|trong (ngày|sáng|chiều|tuần))\b
        \b(dân|bà con|cử tri|phụ huynh|hộ|người|khách|chị em|tiểu thương) (\w+ ){0,3}?(thắc mắc|phàn nàn|phản ánh
            |than phiền|kêu ca|bức xúc|hoang mang|hiểu lầm)\b
        \b(tin đồn|đồn thổi)\b
        """,
}
NO_PARTS = ("invention", "waived")
"""What reads like a part and is none: leave to make facts up, and what need not be done («không cần kiểm tra lại»)."""
ORDER = (*NO_PARTS, "self_check", "role", "task", "constraints", "format", "data", "context")
"""Which part goes first where two cues begin at the same letter."""
SPOKEN_OF = {
    "role": r"vai trò|\bvai\b|ai nói|bảy phần",
    "context": r"bối cảnh|ai (đọc|nghe)|(người|ba) (đọc|nghe|học)|ba người|bảy phần",
    "data": r"dữ liệu|nguồn|chỉ lấy|quy định nào|nơi phải|căn cứ|bảy phần",
    "format": r"định dạng|\bbảng\b|cột|bố cục|mẫu|mục|độ dài|\bdài\b|mấy|bước|dòng|các phần|hai (phần|bản)|dạng"
    r"|thứ tự|cách (ghi|viết)|câu nào|tên|bảy phần",
    "constraints": r"ràng buộc|không (được|đoán|hứa|nêu|phải)|cấm|\bkhi\b|cách báo|dẫn (điều|đoạn)|che|gom|\[|hay chưa"
    r"|căn cứ|bảy phần",
    "self_check": r"kiểm tra|tính lại|rà lại|bảy phần",
}
"""Part → how trainers speak of it in their words on a prompt that is not enough."""
TOO_LIKE = ("chớ", "vè", "phông", "viền")
"""Cues that say too little without their marks: «về», «phòng», «viên» are written far more often."""
NOT_MEANT = {
    "task": r"\b(nơi (nhận|gửi|họp)|cán bộ|nội bộ|bộ phận)\b",
    "context": r"\b(nơi (nhận|gửi|họp)|đơn vị|dạng (bảng|danh sách|sơ đồ|câu)|(sơ|chế|tiến|mức|trình|thái) độ"
    r"|đó (có|thì|là)|đo được|nộp hồ)\b",
    "constraints": r"(?<!giữ )(?<!đúng )\bvăn phòng\b(?!:? (hành chính|công vụ|nhà nước|báo chí|trang trọng|lịch sự"
    r"|ngắn|gọn|rõ|dễ|khách quan|nghiêm|thân|gần gũi|trung|mềm|giản dị|đơn giản|súc tích|mạch lạc|chuẩn))"
    r"|\bđể đọc (loa|trước|trên|tại|ở|cho)\b|\bgiới thiệu\b",
}
"""Part → what without marks looks like its cues and is none: «noi nhan» is «nơi nhận», not «nói nhận»."""
SITUATION = r"(?:\A|(?<=, ))[\W\d]{0,4}@WHO\b( [^,.;:?!]+?)?? @STATE\b[^,.;:?!]*"
"""A statement is the situation: who or what, and how it stands."""

_LABEL_WORDS = {
    "role": "vai trò|vai|role|người viết|vai của máy|nhân vật|persona|đóng vai|bạn là|vị trí",
    "context": "bối cảnh|hoàn cảnh|tình huống|context|mục tiêu cuối|end goal|người đọc|đối tượng|audience|mục đích"
    "|tình hình"
    "|người nghe|người nhận|lý do|dịp|đích cuối|dùng để|nơi dùng|background",
    "task": "nhiệm vụ|việc|mục tiêu|task|objective|chỉ dẫn|instructions|công việc|việc cần làm|yêu cầu công việc"
    "|đề bài"
    "|cần làm|hành động|action|instruction|phải làm|câu hỏi",
    "data": "dữ liệu|dữ liệu đầu vào|đầu vào|data|input|nguồn|tài liệu|thông tin|số liệu|thời gian|địa điểm|hạn dùng"
    "|sự việc|chi tiết|nội dung|ghi chép|văn bản|tư liệu|source|sources|nội dung chính|thành phần",
    "format": "định dạng|format|đầu ra|yêu cầu đầu ra|kết quả|response|các bước|steps|mẫu|độ dài|bố cục|thể thức"
    "|hình thức"
    "|trình bày|dạng|output|khuôn|cấu trúc|số tiếng",
    "constraints": "ràng buộc|yêu cầu|giới hạn|narrowing|phong cách|style|giọng điệu|tone|lưu ý|không được|giọng"
    "|văn phong"
    "|chú ý|điều kiện|tránh|cấm|giọng văn|constraints|nguyên tắc|quy tắc|bắt buộc|nhớ",
    "self_check": "tự kiểm tra|kiểm tra|tự kiểm|tiêu chí kiểm tra|rà lại|self-check|tự rà|kiểm lại|xác minh|rà soát"
    "|soát lại"
    "|tự soát|tự đánh giá|check",
}
LABELLED = {fold(word): part for part, words in _LABEL_WORDS.items() for word in words.split("|")}
LETTERS = (
    ("risen", {"r": "role", "i": "task", "s": "format", "e": "context", "n": "constraints"}),
    ("costar", {"c": "context", "o": "task", "s": "constraints", "t": "constraints", "a": "context", "r": "format"}),
    ("rtf", {"r": "role", "t": "task", "f": "format"}),
)
"""The frames that people shorten to their initials; the first that has all the letters of a prompt is meant."""
