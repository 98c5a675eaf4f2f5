"""Pages as they are copied from a browser."""

HEADLINE, MENDED = "Cầu Bến Nứa mở cho xe", "Cầu Bến Nứa đón chuyến xe đầu tiên"
CAPTION, TOLD = "Người dân đi bộ qua cầu trong sáng đầu tiên. Ảnh: Lê Hạnh", "Người dân qua cầu sáng 21/3. Ảnh: Lê Hạnh"
TOPICS = (
    (HEADLINE, "cây cầu", "Giao thông", CAPTION),
    ("Chợ nổi Cồn Sậy họp lại sau mùa nước", "phiên chợ", "Đời sống", None),
    ("Trạm y tế đảo Hòn Nhạn có máy siêu âm", "trạm y tế", "Sức khỏe", None),
    ("Vụ lúa tôm ở Đồng Sến được mùa", "vụ lúa", "Nông nghiệp", None),
    ("Học sinh Vĩnh Sa trồng rừng ngập mặn", "cánh rừng", "Môi trường", None),
)


def pasted(headline: str, subject: str, section: str, caption: str | None) -> str:
    """A page as it is copied from a browser, with its menu and its footer."""
    paragraphs = [
        f"Sáng 21/3/2026, {subject} có thêm việc thứ {number} đáng kể, theo ban quản lý địa phương. Người dân nói họ "
        f"chờ điều này từ nhiều năm, và sẽ tự góp công giữ gìn trong {number + 2} tháng tới."
        for number in range(1, 9)
    ]
    if caption:
        paragraphs.insert(2, caption)
    head = ["Trang chủ", section, headline, "21/03/2026 08:15", f"Tin vắn về {subject} trong tuần này."]
    return "\n\n".join([*head, *paragraphs, "Nguyễn Thị Sậy", "Chia sẻ", "© Báo Sông Ngự"])
