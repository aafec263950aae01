"""The machines' door: `/api/v1`, for the landlord's other systems and for contractors. See docs/api.md."""
