using Microsoft.AspNetCore.Components;

namespace Nexus.Monitoring.Web.Components.Kit;

/// <summary>The file that all icons are in.</summary>
internal static class Icons
{
    /// <summary>Its address; another one for each content, so that a browser keeps it.</summary>
    public static string Of(ResourceAssetCollection assets) => "/" + assets["icons.svg"];
}
